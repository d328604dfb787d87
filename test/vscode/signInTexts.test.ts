import * as assert from 'node:assert/strict';
import { trustDialogText } from '../../src/vscode/auth/consentDialog';
import { deviceDialogText } from '../../src/vscode/auth/deviceNotification';
import type { DeviceWaiting, TrustRequest } from '../../src/core/oauth/signInPorts';
import { trustFacts } from '../../src/core/oauth/trust';
import { connectionWith } from '../helpers/oauth/connection';

const ignore = (): void => undefined;

function waiting(more: Partial<DeviceWaiting> = {}): DeviceWaiting {
  return {
    connection: connectionWith({ label: 'Acme' }),
    userCode: 'WDJB-MJHT',
    verificationUri: 'https://login.acme.dev/device',
    expiresAt: Date.now() + 600_000,
    ...{ openPage: ignore, cancel: ignore, tryAnotherWay: undefined },
    ...more,
  };
}

describe('what is shown before a sign-in', () => {
  it('a code: with the place, the time, and what the button opens', () => {
    const { message, detail, open } = deviceDialogText(waiting());
    assert.equal(message, 'Your code for Acme: WDJB-MJHT');
    assert.match(detail, /^Enter it at https:\/\/login\.acme\.dev\/device, on this machine or any other\.$/m);
    assert.match(detail, /^It can be used for 10 minutes\.$/m);
    assert.equal(open, 'Copy Code and Open login.acme.dev');
  });

  it('a code: a long host keeps its end, which says whose it is; a label stays on its line', () => {
    const verificationUri = `https://${'login.acme.dev.'.repeat(8)}evil.example/device`;
    const connection = connectionWith({ label: 'Acme\n\nYour code for Bank: 1234' });
    const { message, open } = deviceDialogText(waiting({ verificationUri, connection }));
    assert.match(open, /^Copy Code and Open ….{1,50}evil\.example$/);
    assert.equal(message.split('\n').length, 1);
  });

  it('the trust dialog: where a code is asked for, and over which page the answer comes back', () => {
    const text = (more: Parameters<typeof connectionWith>[0], hosts: TrustRequest['hosts']): string => {
      const connection = connectionWith({ clientId: 'app', ...more });
      const request = { folder: 'file:///shop', connection, facts: trustFacts(connection), hosts, previous: undefined };
      const { message, detail } = trustDialogText(request);
      return `${message}\n${detail}`;
    };
    const hosts = [
      { purpose: 'token', host: 'api.acme.dev' },
      { purpose: 'deviceAuthorization', host: 'login.acme.dev' },
    ] as const;
    assert.match(text({ grant: 'deviceCode' }, hosts), /sign you in to Acme at login\.acme\.dev\?/);
    const secret = text({ grant: 'deviceCode', clientSecretName: 'tv' }, hosts);
    assert.match(secret, /Client secret: “tv”, sent to api\.acme\.dev, login\.acme\.dev/);
    const relayed = text({ redirect: { kind: 'relay', uri: 'https://relay.example/latchkey' } }, hosts);
    assert.match(relayed, /^Comes back over: relay\.example$/m);
  });

  it('the trust dialog: that the server names one more origin, and below which domain', () => {
    const toldOrigin = { captured: 'instance_url', within: 'my.salesforce.com' };
    const connection = connectionWith({ clientId: 'app', toldOrigin, origins: ['https://login.salesforce.com'] });
    const request = {
      folder: 'file:///shop',
      connection,
      facts: trustFacts(connection),
      hosts: [],
      previous: undefined,
    };
    assert.match(
      trustDialogText(request).detail,
      /^Token is sent only to: https:\/\/login\.salesforce\.com\nAlso to the one address below my\.salesforce\.com that the server names at the sign-in$/m,
    );
    const before = { ...trustFacts({ ...connection, toldOrigin: undefined }) };
    const previous = { folder: 'file:///shop', connectionName: 'acme', facts: before, hosts: [], grantedAt: 0 };
    assert.match(trustDialogText({ ...request, previous }).detail, /^options: nothing → toldOrigin=instance_url/m);
  });

  it('the trust dialog: who is shown a certificate, and whose is believed', () => {
    const cert = { kind: 'file', path: 'client.pem' } as const;
    const pfx = { kind: 'secret', name: 'mine' } as const;
    const tls = [
      { origin: 'https://login.acme.dev:8443', ca: ['ca.pem', 'old.pem'], cert, verify: true },
      { origin: 'https://api.acme.dev', ca: [], pfx, verify: false },
    ];
    const connection = connectionWith({ clientId: 'app', tls });
    const facts = trustFacts(connection);
    const { detail } = trustDialogText({ folder: 'file:///s', connection, facts, hosts: [], previous: undefined });
    assert.match(detail, /^Client certificate: client\.pem, shown to login\.acme\.dev:8443$/m);
    assert.match(detail, /^⚠ The authority in ca\.pem, old\.pem may vouch for login\.acme\.dev:8443\.$/m);
    assert.match(detail, /^Client certificate: “mine” in SecretStorage, shown to api\.acme\.dev$/m);
    assert.match(detail, /^⚠ The certificate of api\.acme\.dev is not checked/m);
  });

  it('the trust dialog: a sign-in without PKCE is told, and only that', () => {
    const text = (preset: string, clientSecretName?: string): string => {
      const connection = connectionWith({ preset, clientId: 'app', clientSecretName });
      const facts = trustFacts(connection);
      return trustDialogText({ folder: 'file:///shop', connection, facts, hosts: [], previous: undefined }).detail;
    };
    assert.match(text('linkedin', 'li'), /^⚠ Without PKCE, which LinkedIn does not accept/m);
    assert.match(text('slack', 'sl'), /^⚠ Without PKCE, which Slack does not accept/m);
    assert.doesNotMatch(text('slack') + text('github', 'gh') + text('nobody'), /PKCE/);
  });
});
