import assert from 'node:assert/strict';
import { copyFile, rm } from 'node:fs/promises';
import * as path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { TLSSocket } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { LatchkeyError } from '../../../src/core/errors';
import type { Exchange } from '../../../src/core/http/exchange';
import { sendAuthorised } from '../../../src/core/http/sendAuthorised';
import type { TlsSetting } from '../../../src/core/http/tlsSetting';
import type { ConnectionConfig, Session } from '../../../src/core/oauth/model';
import { demandingClients, startHttps, startTransport, type LocalServer } from '../../helpers/localServers';
import type { AuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { confirmCode } from '../../helpers/oauth/deviceUser';
import { machineClient, machineConnection } from '../../helpers/oauth/machineClient';
import {
  certificateThumbprint,
  certifiedBy,
  certifiedClient,
  selfSignedClient,
  startMtlsServer,
  tlsSetting,
} from '../../helpers/oauth/mtlsServer';
import { ShiftedClock } from '../../helpers/oauth/shiftedClock';
import { fresh, signIn } from '../../helpers/oauth/signedIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';
import { httpRequest, sendDependencies, withConnection } from '../../helpers/requests';
import { dataOf, endOf, textOf } from '../../helpers/sending';
import { temporaryFolder } from '../../helpers/temporaryFolder';
import { fixturePassphrase, tlsFixtures } from '../../helpers/tlsProfiles';

/** A workspace folder with the certificates and keys in it. */
async function startFolder(t: TestContext): Promise<{ readonly uri: string; readonly path: string }> {
  const folder = await temporaryFolder('mtls', tlsFixtures);
  t.after(() => folder[Symbol.asyncDispose]());
  return { uri: pathToFileURL(folder.path).href, path: folder.path };
}

function machine(server: AuthServer, more: Partial<ConnectionConfig> = {}): ConnectionConfig {
  return machineConnection(server.issuer, { clientAuth: 'mtls', tls: [clientAt(server.secure)], ...more });
}

function clientAt(origin = '', more: Partial<TlsSetting> = {}): TlsSetting {
  return tlsSetting(origin, { ...certifiedBy('client'), ...more });
}

/** An API that lets in whose token is bound to the certificate it is shown. */
function startBoundApi(t: TestContext, server: AuthServer): Promise<LocalServer> {
  return startHttps(
    t,
    'valid',
    (request, response) => {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
      assert.ok(request.socket instanceof TLSSocket);
      const { fingerprint256 } = request.socket.getPeerCertificate();
      const shown = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
      void server.provider.ClientCredentials.find(token).then((found) => {
        response.writeHead(found?.['x5t#S256'] === shown ? 200 : 401).end('orders');
      });
    },
    demandingClients(),
  );
}

/** Sends with the session's token, as the runner does. */
function sendTo(
  t: TestContext,
  window: TestWindow,
  session: Session,
  connection: ConnectionConfig,
  folder: string,
): Promise<Exchange> {
  const { service } = window;
  const [origin = ''] = connection.origins;
  const access = {
    freshToken: (signal: AbortSignal) => service.freshToken(session.id, signal),
    renew: () => Promise.resolve(undefined),
  };
  const transport = service.tls.transport(startTransport(t), service.tlsScope(connection, folder));
  const request = httpRequest(`${origin}/orders`, { auth: withConnection });
  return sendAuthorised(request, connection, access, sendDependencies(transport), { signal: never() });
}

suite('a client that authenticates by its certificate', () => {
  test('client credentials: at the address for certificates, with its id and nothing else [T3 #mtls]', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock });
    const session = await signIn(window, machine(server), folder.uri);
    const token = await server.provider.ClientCredentials.find(await fresh(window, session.id));
    assert.equal(token?.['x5t#S256'], certificateThumbprint('client.pem'));
    clock.forward(11 * 60_000);
    assert.notEqual(await fresh(window, session.id), token.jti);
    assert.equal((await window.service.inspector.introspect(session.id, never())).active, true);
    await window.service.signOut(session.id);
    assert.deepEqual(
      server.requests.filter((request) => request.includes('POST')),
      ['https POST /token', 'https POST /token', 'https POST /token/introspection', 'https POST /token/revocation'],
    );
    assert.deepEqual(window.askedForSecret, []);
    assert.ok(!window.secrets.written.join().includes('PRIVATE KEY'));
  });

  for (const [name, more] of Object.entries({
    'with pushed authorization requests': {},
    'with the browser alone': { par: false },
  })) {
    test(`a person, ${name}: code, refresh, userinfo, revocation [#mtls]`, async (t) => {
      await using server = await startMtlsServer([{ ...selfSignedClient(), client_id: 'desktop' }]);
      const folder = await startFolder(t);
      const clock = new ShiftedClock();
      using window = new TestWindow({ clock });
      const tls = [tlsSetting(server.secure ?? '', certifiedBy('stranger'))];
      const { issuer } = server;
      const connection = connectionWith({ issuer, clientId: 'desktop', clientAuth: 'mtls', tls, ...more });
      const session = await signIn(window, connection, folder.uri);
      assert.equal(session.account.label, 'alice · Acme');
      const first = await fresh(window, session.id);
      clock.forward(2 * 3_600_000);
      // Another window has nothing open of this folder.
      using second = new TestWindow({ clock, secrets: window.secrets });
      assert.notEqual(await fresh(second, session.id), first);
      await second.service.signOut(session.id);
      const own = server.requests.filter((request) => request.startsWith('https '));
      const pushed = 'par' in more ? [] : ['https POST /request'];
      assert.deepEqual(own, [
        ...pushed,
        'https POST /token',
        'https GET /me',
        'https POST /token',
        'https POST /token/revocation',
        'https POST /token/revocation',
      ]);
    });
  }

  test('a code on another device [#mtls]', async (t) => {
    const grants = ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'];
    const client = { ...selfSignedClient(), client_id: 'desktop', grant_types: grants, response_types: [] as never[] };
    await using server = await startMtlsServer([{ ...client, redirect_uris: [] }], { deviceFlow: true });
    const folder = await startFolder(t);
    using window = new TestWindow({
      confirm: ({ verificationUri, userCode }) =>
        confirmCode(`${server.issuer}${new URL(verificationUri).pathname}?user_code=${userCode}`),
    });
    const tls = [tlsSetting(server.secure ?? '', certifiedBy('stranger'))];
    const { issuer } = server;
    const more = { clientId: 'desktop', clientAuth: 'mtls', grant: 'deviceCode', tls } as const;
    const session = await signIn(window, connectionWith({ issuer, ...more }), folder.uri);
    assert.equal(session.account.label, 'alice · Acme');
    assert.ok(server.requests.includes('https POST /device/auth'));
  });

  test('without a certificate for where the server wants it, nothing is asked and the address is named', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    using window = new TestWindow();
    for (const tls of [undefined, [tlsSetting(server.secure ?? '')], [clientAt('https://elsewhere.dev')]]) {
      await assert.rejects(signIn(window, machine(server, { tls }), folder.uri), (error) => {
        assert.ok(error instanceof LatchkeyError);
        assert.deepEqual([error.code, error.data['origin']], ['oauth.certificateMissing', server.secure]);
        return true;
      });
    }
    assert.deepEqual(window.asked, []);
  });

  test('the wrong certificate: the server’s own words', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    using window = new TestWindow();
    const tls = [tlsSetting(server.secure ?? '', certifiedBy('stranger'))];
    await assert.rejects(signIn(window, machine(server, { tls }), folder.uri), { code: 'oauth.clientRejected' });
  });

  test('who has no certificate keeps to the usual addresses', async () => {
    const secret = { client_secret: 'x'.repeat(32), token_endpoint_auth_method: 'client_secret_basic' } as const;
    await using server = await startMtlsServer([machineClient(secret)]);
    using window = new TestWindow({ enterSecret: () => 'x'.repeat(32) });
    await signIn(window, machineConnection(server.issuer, { clientSecretName: 'nightly' }));
    assert.deepEqual(
      server.requests.filter((request) => request.includes('/token')),
      ['POST /token'],
    );
  });

  test('another way to authenticate, with tokens that are bound to the certificate all the same', async (t) => {
    const secret = {
      client_secret: 'x'.repeat(32),
      token_endpoint_auth_method: 'client_secret_basic',
      tls_client_certificate_bound_access_tokens: true,
    } as const;
    await using server = await startMtlsServer([machineClient(secret)]);
    const folder = await startFolder(t);
    using window = new TestWindow({ enterSecret: () => 'x'.repeat(32) });
    const connection = machine(server, { clientAuth: 'basic', clientSecretName: 'nightly' });
    const session = await signIn(window, connection, folder.uri);
    const token = await server.provider.ClientCredentials.find(await fresh(window, session.id));
    assert.equal(token?.['x5t#S256'], certificateThumbprint('client.pem'));
  });
});

suite('certificates in secrets', () => {
  test('key and passphrase are asked for once, and a wrong passphrase again the next time', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    const passphrases = ['wrong', fixturePassphrase];
    using window = new TestWindow({ enterSecret: () => passphrases.shift() });
    const locked = { key: { kind: 'file', path: 'client.locked.key.pem' }, passphrase: 'opens it' } as const;
    const connection = machine(server, { tls: [clientAt(server.secure, locked)] });
    await assert.rejects(signIn(window, connection, folder.uri), {
      code: 'http.tlsPassphraseWrong',
      data: { file: 'client.locked.key.pem', passphrase: '“opens it”' },
    });
    await signIn(window, connection, folder.uri);
    await signIn(window, connection, folder.uri);
    assert.deepEqual(
      window.askedForSecret.map(({ kind, name, wasRejected }) => [kind, name, wasRejected]),
      [
        ['passphrase', 'opens it', false],
        ['passphrase', 'opens it', true],
      ],
    );
  });

  test('a PFX in base64 and a key in PEM', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const { readFile } = await import('node:fs/promises');
    const folder = await startFolder(t);
    const texts: Readonly<Record<string, string>> = {
      pfx: (await readFile(path.join(tlsFixtures, 'client.pfx'))).toString('base64'),
      pass: fixturePassphrase,
      key: (await readFile(path.join(tlsFixtures, 'client.key.pem'))).toString(),
    };
    using window = new TestWindow({ enterSecret: ({ name }) => texts[name] });
    const secret = (name: string) => ({ kind: 'secret', name }) as const;
    const pfx = { ...tlsSetting(server.secure ?? ''), pfx: secret('pfx'), passphrase: 'pass' };
    await signIn(window, machine(server, { tls: [pfx] }), folder.uri);
    await signIn(window, machine(server, { tls: [clientAt(server.secure, { key: secret('key') })] }), folder.uri);
    assert.deepEqual(
      window.askedForSecret.map(({ name }) => name),
      ['pfx', 'pass', 'key'],
    );
    const { written } = window.secrets;
    const records = written.filter((value) => !value.startsWith('{"latchkey":'));
    assert.ok(records.length > 0 && !records.join().includes(fixturePassphrase));
  });

  test('nobody is asked when a token is renewed: whoever has forgotten the secret is told which', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock, enterSecret: () => fixturePassphrase });
    const locked = { key: { kind: 'file', path: 'client.locked.key.pem' }, passphrase: 'opens it' } as const;
    const session = await signIn(window, machine(server, { tls: [clientAt(server.secure, locked)] }), folder.uri);
    for (const stored of await window.service.secrets.list()) await window.service.secrets.forget(stored);
    clock.forward(11 * 60_000);
    await assert.rejects(fresh(window, session.id), {
      code: 'http.tlsSecretMissing',
      data: { name: 'opens it', origin: server.secure },
    });
    assert.equal(window.askedForSecret.length, 1);
  });
});

suite('what the user approves of certificates', () => {
  test('the hosts that take one, and what is shown to whom; not what has nothing to do with it', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    using window = new TestWindow();
    const elsewhere = clientAt('https://elsewhere.dev');
    const connection = machine(server);
    await signIn(window, { ...connection, tls: [...(connection.tls ?? []), elsewhere] }, folder.uri);
    const [asked] = window.asked;
    const { host } = new URL(server.secure ?? '');
    assert.deepEqual(
      asked?.hosts.filter((each) => each.host === host).map(({ purpose }) => purpose),
      ['pushedAuthorization', 'deviceAuthorization', 'token', 'revocation', 'introspection', 'userinfo'],
    );
    assert.deepEqual(Object.keys(asked.facts.tls ?? {}), [server.secure]);
    assert.deepEqual(Object.keys(asked.facts.files ?? {}).sort(), ['authority.pem', 'client.key.pem', 'client.pem']);
    // Nor does it ask again when that changes.
    await signIn(window, connection, folder.uri);
    assert.equal(window.asked.length, 1);
    await signIn(window, { ...connection, tls: [clientAt(server.secure, { ca: ['authority.der'] })] }, folder.uri);
    assert.equal(window.asked.length, 2);
    assert.equal(window.asked[1]?.previous !== undefined, true);
  });

  test('the certificate goes along to the API that is listed with it, and its token with it [#mtls]', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    const api = await startBoundApi(t, server);
    using window = new TestWindow();
    const connection = machine(server, {
      origins: [api.origin],
      tls: [clientAt(server.secure), clientAt(api.origin)],
    });
    const session = await signIn(window, connection, folder.uri);
    assert.equal(await textOf(await sendTo(t, window, session, connection, folder.uri)), 'orders');
    // Without the certificate the API lets nobody in.
    const bare = { ...connection, tls: [clientAt(server.secure), tlsSetting(api.origin)] };
    assert.equal(endOf(await sendTo(t, window, session, bare, folder.uri)), 'http.tlsCertificateRequired');
  });

  test('a file that was swapped is not used, until it is approved', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    const api = await startBoundApi(t, server);
    const clock = new ShiftedClock();
    using window = new TestWindow({ clock });
    const connection = machine(server, {
      origins: [api.origin],
      tls: [clientAt(server.secure), clientAt(api.origin)],
    });
    const session = await signIn(window, connection, folder.uri);
    await copyFile(path.join(tlsFixtures, 'authority.der'), path.join(folder.path, 'authority.pem'));
    const exchange = await sendTo(t, window, session, connection, folder.uri);
    assert.equal(endOf(exchange), 'oauth.fileChanged');
    assert.deepEqual(dataOf(exchange), { file: 'authority.pem', connection: 'acme' });
    clock.forward(11 * 60_000);
    await assert.rejects(fresh(window, session.id), { code: 'oauth.fileChanged' });
    assert.equal(window.asked.length, 1);
    await signIn(window, connection, folder.uri);
    assert.equal(window.asked.length, 2);
    assert.equal(await textOf(await sendTo(t, window, session, connection, folder.uri)), 'orders');
  });

  test('files that only another server needs may be missing', async (t) => {
    await using server = await startMtlsServer([machineClient(certifiedClient)]);
    const folder = await startFolder(t);
    using window = new TestWindow();
    const missing = clientAt('https://api.acme.dev', { cert: { kind: 'file', path: 'not-here.pem' } });
    const connection = machine(server, { tls: [clientAt(server.secure), missing] });
    await signIn(window, connection, folder.uri);
    await rm(path.join(folder.path, 'client.key.pem'));
    await assert.rejects(signIn(window, connection, folder.uri), { code: 'file.notFound' });
  });
});

suite('an authorization server with a certificate of its own', () => {
  async function startSecureServer(t: TestContext): Promise<LocalServer> {
    const server: LocalServer = await startHttps(t, 'valid', (request, response) => {
      const isMetadata = request.url?.includes('.well-known') === true;
      const metadata = { issuer: server.origin, token_endpoint: `${server.origin}/token` };
      const tokens = { access_token: 'a', token_type: 'bearer', expires_in: 600 };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(isMetadata ? metadata : tokens));
    });
    return server;
  }

  const connectionTo = (issuer: string, tls: readonly TlsSetting[]): ConnectionConfig =>
    machineConnection(issuer, { clientSecretName: 'nightly', tls });

  test('its authority is named in the file: discovery and tokens [#customCa]', async (t) => {
    const server = await startSecureServer(t);
    const folder = await startFolder(t);
    using window = new TestWindow({ enterSecret: () => 'secret' });
    await assert.rejects(signIn(window, connectionTo(server.origin, []), folder.uri), { code: 'http.tlsUntrusted' });
    const session = await signIn(window, connectionTo(server.origin, [tlsSetting(server.origin)]), folder.uri);
    assert.equal(await fresh(window, session.id), 'a');
  });

  test('unchecked: asked once, a no signs nobody in, and nothing goes unchecked without a yes', async (t) => {
    const server = await startSecureServer(t);
    const folder = await startFolder(t);
    const answers = [false, true];
    let questions = 0;
    using window = new TestWindow({
      enterSecret: () => 'secret',
      allowUnchecked: (origin) => {
        questions++;
        assert.equal(origin, server.origin);
        return answers.shift() ?? false;
      },
    });
    const connection = connectionTo(server.origin, [tlsSetting(server.origin, { ca: [], verify: false })]);
    const options = { folder: folder.uri, signal: never() };
    assert.deepEqual(await window.service.signIn(connection, options), { kind: 'cancelled' });
    assert.equal(server.connections(), 0);
    const session = await signIn(window, connection, folder.uri);
    await signIn(window, connection, folder.uri);
    assert.equal(questions, 2);
    assert.deepEqual(window.asked[0]?.facts.tls, { [server.origin]: 'verify=false' });
    window.unchecked.clear();
    const scope = window.service.tlsScope({ ...connection, origins: [server.origin] }, folder.uri);
    const transport = window.service.tls.transport(startTransport(t), scope);
    await assert.rejects(transport.send({ method: 'GET', url: server.origin, headers: [] }, never()), {
      code: 'http.tlsUncheckedNotAllowed',
    });
    assert.equal(session.state, 'active');
  });
});
