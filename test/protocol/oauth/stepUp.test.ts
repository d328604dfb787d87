import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { sendAuthorised } from '../../../src/core/http/sendAuthorised';
import type { Session } from '../../../src/core/oauth/model';
import type { SignInOptions } from '../../../src/core/session/signInOutcome';
import { startHttp, startTransport } from '../../helpers/localServers';
import { startAuthServer } from '../../helpers/oauth/authServer';
import { connectionWith } from '../../helpers/oauth/connection';
import { never, TestWindow } from '../../helpers/oauth/testWindow';
import { httpRequest, sendDependencies, withConnection } from '../../helpers/requests';
import { endOf } from '../../helpers/sending';

suite('an API that wants more than the sign-in has', () => {
  test('gets the same account with the union of the scopes, and the request is sent once more [F8 A11]', async (t) => {
    await using server = await startAuthServer();
    using window = new TestWindow();
    const api = await startHttp(t, (request, response) => {
      const token = (request.headers.authorization ?? '').replace('Bearer ', '');
      void server.provider.AccessToken.find(token).then((found) => {
        const isEnough = found?.scope?.split(' ').includes('orders.write') === true;
        response.setHeader('www-authenticate', 'Bearer error="insufficient_scope", scope="orders.write"');
        response.writeHead(isEnough ? 200 : 403).end();
      });
    });
    const connection = connectionWith({
      ...{ issuer: server.issuer, clientId: 'desktop', origins: [api.origin] },
      scopes: ['openid', 'offline_access', 'email', 'orders.read'],
    });
    const signIn = async (options: Partial<SignInOptions> = {}): Promise<Session> => {
      const outcome = await window.service.signIn(connection, { folder: 'file:///shop', signal: never(), ...options });
      assert.equal(outcome.kind, 'signedIn');
      return outcome.session;
    };
    const session = await signIn();
    const send = (): ReturnType<typeof sendAuthorised> =>
      sendAuthorised(
        httpRequest(`${api.origin}/orders`, { auth: withConnection }),
        connection,
        {
          freshToken: (signal) => window.service.freshToken(session.id, signal),
          renew: (rejected, signal) => window.service.renew(session.id, rejected, signal),
        },
        sendDependencies(startTransport(t)),
        { signal: never() },
      );

    const refused = await send();
    assert.equal(endOf(refused), '403');
    assert.deepEqual(refused.stepUp?.scopes, ['orders.write']);
    const again = await signIn({ ...refused.stepUp, accountId: session.account.id, acrValues: ['mfa'], maxAge: 60 });
    assert.equal(again.id, session.id);
    assert.deepEqual(again.scopes, [...connection.scopes, 'orders.write']);
    const asked = new URL(window.opened[1] ?? '').searchParams;
    assert.equal(asked.get('scope'), again.scopes.join(' '));
    assert.deepEqual(
      ['login_hint', 'prompt', 'acr_values', 'max_age'].map((name) => asked.get(name)),
      ['alice@acme.dev', 'consent', 'mfa', '60'],
    );
    const second = await send();
    assert.equal(endOf(second), '200');
    assert.equal(second.stepUp, undefined);
  });
});
