import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { LatchkeyError } from '../../../src/core/errors';
import { findApiConnection, type ApiQuestions, type ClientIdRequest } from '../../../src/core/oauth/apiConnection';
import { discoveredConnection, type DiscoveredFacts } from '../../../src/core/oauth/discoveredConnection';
import type { OAuthHttp } from '../../../src/core/oauth/oauthHttp';
import type { AskedApi } from '../../../src/core/oauth/resourceDiscovery';
import { nodeClock } from '../../../src/node/nodeClock';
import { UndiciTransport } from '../../../src/node/undiciTransport';
import { desktopClient, startAuthServer, type AuthServer } from '../../helpers/oauth/authServer';
import { resourceWellKnown, startProtectedApi, type ProtectedApi } from '../../helpers/oauth/protectedApi';
import { quirkMetadata, startQuirkServer } from '../../helpers/oauth/quirkServer';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

const folder = 'file:///projects/shop';

/** Somebody who answers what they are asked, and says what that was. */
class Person implements ApiQuestions {
  readonly asked: string[] = [];
  readonly clientIds: ClientIdRequest[] = [];
  readonly #answers: { readonly server?: string; readonly scopes?: readonly string[]; readonly clientId?: string };

  constructor(
    answers: { readonly server?: string; readonly scopes?: readonly string[]; readonly clientId?: string } = {},
  ) {
    this.#answers = answers;
  }

  chooseServer(issuers: readonly string[]): Promise<string | undefined> {
    this.asked.push(`server: ${issuers.join(' ')}`);
    return Promise.resolve(this.#answers.server);
  }

  chooseScopes(offered: readonly string[], preselected: readonly string[]): Promise<readonly string[] | undefined> {
    this.asked.push(`scopes: ${offered.join(' ')} (${preselected.join(' ')})`);
    return Promise.resolve(this.#answers.scopes);
  }

  enterClientId(request: ClientIdRequest): Promise<string | undefined> {
    this.clientIds.push(request);
    return Promise.resolve(this.#answers.clientId);
  }
}

async function find(asked: AskedApi, person: ApiQuestions = new Person(), signal = never()): Promise<DiscoveredFacts> {
  const transport = new UndiciTransport();
  const http: OAuthHttp = { transport, clock: nodeClock };
  try {
    return await findApiConnection(http, asked, person, signal);
  } finally {
    transport.dispose();
  }
}

async function failure(asked: AskedApi, person?: ApiQuestions): Promise<LatchkeyError> {
  const error: unknown = await find(asked, person).then(
    () => assert.fail('it was found'),
    (reason: unknown) => reason,
  );
  return error as LatchkeyError;
}

function startGuarded(login: AuthServer, challenge?: (origin: string) => string): Promise<ProtectedApi> {
  return startProtectedApi({
    metadata: () => ({ authorization_servers: [login.issuer], scopes_supported: ['orders.read', 'orders.write'] }),
    ...(challenge ? { challenge } : {}),
    accepts: (token) => login.accepts(token),
  });
}

/** An authorization server that issues tokens for any resource, as RFC 8707 has it, and that `accepts` can check. */
const resources = {
  configuration: {
    features: {
      devInteractions: { enabled: true },
      registration: { enabled: true },
      resourceIndicators: { enabled: false },
      // What is looked at below is in the browser's URL.
      pushedAuthorizationRequests: { enabled: false },
    },
  },
};

suite('an API that says where to sign in', () => {
  test('is found, signed in to with a client of its own, and answers [A11 A12]', async () => {
    await using login = await startAuthServer(resources);
    const named = (origin: string): string => `resource_metadata="${origin}${resourceWellKnown}", scope="orders.read"`;
    await using api = await startGuarded(login, named);
    const facts = await find(await api.ask());
    assert.deepEqual(facts, {
      origin: api.origin,
      resource: api.origin,
      issuer: login.issuer,
      clientId: undefined,
      scopes: ['openid', 'offline_access', 'orders.read'],
      dpop: false,
    });

    using window = new TestWindow();
    const outcome = await window.service.signIn(discoveredConnection(facts), { folder, signal: never() });
    assert.equal(outcome.kind, 'signedIn');
    const sent = new URL(window.opened[0] ?? '').searchParams;
    assert.equal(sent.get('resource'), api.origin);
    assert.equal(sent.get('scope'), 'openid offline_access orders.read');
    const [trust] = window.asked;
    assert.ok(trust?.hosts.some(({ host }) => host === new URL(login.issuer).host));
    assert.deepEqual(trust?.facts.origins, [api.origin]);

    const token = await window.service.freshToken(outcome.session.id, never());
    const headers = { authorization: `Bearer ${token.value.revealForTransport()}` };
    assert.equal((await fetch(`${api.origin}/orders`, { headers })).status, 200);
  });

  test('nothing but the API itself is asked before the user acts, and nobody is told who asks', async () => {
    await using login = await startQuirkServer();
    login.routes['/.well-known/openid-configuration'] = () => ({ body: quirkMetadata(login.origin) });
    await using api = await startProtectedApi({ metadata: () => ({ authorization_servers: [login.origin] }) });
    await find(await api.ask());
    for (const { headers } of [...api.requests.slice(1), ...login.requests]) {
      assert.equal(headers.authorization, undefined);
      assert.equal(headers.cookie, undefined);
    }
    assert.deepEqual(
      login.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /.well-known/openid-configuration'],
    );
  });

  test('without a named address the well-known ones are asked: for the path, then for the origin', async () => {
    await using login = await startAuthServer();
    await using api = await startGuarded(login, () => 'realm="shop"');
    const { resource } = await find(await api.ask(), new Person({ scopes: [] }));
    assert.equal(resource, api.origin);
    assert.deepEqual(
      api.requests.slice(1).map(({ path }) => path),
      [`${resourceWellKnown}/orders`, resourceWellKnown],
    );
  });

  test('an API below a path is told from its neighbours', async () => {
    await using login = await startAuthServer();
    await using api = await startProtectedApi();
    api.routes[`${resourceWellKnown}/shop`] = () => ({
      body: { resource: `${api.origin}/shop`, authorization_servers: [login.issuer] },
    });
    const asked = { url: new URL('/shop', api.origin), headers: [] };
    assert.equal((await find(asked)).resource, `${api.origin}/shop`);
    const named = ['www-authenticate', `Bearer resource_metadata="${api.origin}${resourceWellKnown}/shop"`] as const;
    const deeper = { url: new URL('/shop/orders/7', api.origin), headers: [named] };
    assert.equal((await find(deeper)).resource, `${api.origin}/shop`);
    const neighbour = { url: new URL('/shopping', api.origin), headers: [named] };
    assert.equal((await failure(neighbour)).code, 'api.resourceMismatch');
  });

  test('an API that is its own authorization server needs no metadata about itself', async () => {
    await using api = await startProtectedApi({ challenge: () => 'realm="x"' });
    const path = '/.well-known/oauth-authorization-server';
    api.routes[path] = () => ({ body: quirkMetadata(api.origin) });
    const { issuer, resource } = await find(await api.ask());
    assert.deepEqual({ issuer, resource }, { issuer: api.origin, resource: undefined });
  });

  test('of several authorization servers the user picks one', async () => {
    await using login = await startAuthServer();
    const other = 'https://login.other.example';
    await using api = await startProtectedApi({
      metadata: () => ({ authorization_servers: [other, login.issuer, 7, 'not a url', login.issuer] }),
    });
    const person = new Person({ server: login.issuer });
    assert.equal((await find(await api.ask(), person)).issuer, login.issuer);
    assert.deepEqual(person.asked, [`server: ${other} ${login.issuer}`]);
    await assert.rejects(find(await api.ask(), new Person()), { name: 'AbortError' });
  });

  test('of several scopes the user chooses, beginning with what only reads [A11]', async () => {
    await using login = await startAuthServer();
    await using api = await startGuarded(login);
    const person = new Person({ scopes: ['orders.write'] });
    const { scopes } = await find(await api.ask(), person);
    assert.deepEqual(person.asked, ['scopes: orders.read orders.write (orders.read)']);
    assert.deepEqual(scopes, ['openid', 'offline_access', 'orders.write']);
  });

  test('where clients are registered by hand, the user is asked for the id and shown the pages that say how', async () => {
    await using login = await startQuirkServer();
    login.routes['/.well-known/openid-configuration'] = () => ({
      body: {
        ...quirkMetadata(login.origin),
        registration_endpoint: undefined,
        service_documentation: 'http://docs.example/insecure',
        client_id_metadata_document_supported: true,
      },
    });
    await using api = await startProtectedApi({
      metadata: () => ({
        authorization_servers: [login.origin],
        resource_documentation: 'https://docs.example/api',
      }),
    });
    const person = new Person({ clientId: ' desktop ' });
    assert.equal((await find(await api.ask(), person)).clientId, 'desktop');
    assert.deepEqual(person.clientIds, [
      { host: new URL(login.origin).host, documentation: ['https://docs.example/api'], takesDocumentUrl: true },
    ]);
    await assert.rejects(find(await api.ask(), new Person()), { name: 'AbortError' });
  });

  test('a client id that is the URL of a document is sent as it is, without a registration', async () => {
    const id = 'https://app.acme.dev/client.json';
    await using login = await startAuthServer({ clients: [{ ...desktopClient, client_id: id }], registration: false });
    await using api = await startGuarded(login, () => 'scope="orders.read"');
    const facts = await find(await api.ask(), new Person({ clientId: id }));
    using window = new TestWindow();
    await window.service.signIn(discoveredConnection({ ...facts, resource: undefined }), { folder, signal: never() });
    assert.equal(new URL(window.opened[0] ?? '').searchParams.get('client_id'), id);
  });

  test('bound tokens are asked for where the API takes no others', async () => {
    await using login = await startAuthServer();
    await using api = await startProtectedApi({
      metadata: () => ({ authorization_servers: [login.issuer], dpop_bound_access_tokens_required: true }),
    });
    const facts = await find(await api.ask());
    assert.equal(facts.dpop, true);
    assert.equal(discoveredConnection(facts).dpop, true);
  });
});

suite('an API that says nothing, or nothing that can be used', () => {
  test('what was tried is told, with what to do', async () => {
    await using api = await startProtectedApi({ challenge: () => 'realm="x"' });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'api.signInUnknown');
    for (const path of [`${resourceWellKnown}/orders (HTTP 404)`, '/.well-known/openid-configuration']) {
      assert.ok(error.message.includes(`${api.origin}${path}`), error.message);
    }
  });

  test('a front page in the place of metadata is no metadata', async () => {
    await using api = await startProtectedApi({ challenge: () => 'realm="x"' });
    api.routes[resourceWellKnown] = () => ({ body: '<h1>Welcome</h1>' });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'api.signInUnknown');
    assert.match(error.message, /oauth-protected-resource \(not JSON\)/);
  });

  test('an authorization server that publishes nothing is named', async () => {
    await using login = await startQuirkServer();
    await using api = await startProtectedApi({ metadata: () => ({ authorization_servers: [login.origin] }) });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'oauth.discoveryNotFound');
    assert.ok(error.message.includes(login.origin));
  });

  test('metadata of another issuer is refused [A12 X1]', async () => {
    await using login = await startQuirkServer();
    login.routes['/.well-known/openid-configuration'] = () => ({
      body: { ...quirkMetadata(login.origin), issuer: 'https://login.bank.example' },
    });
    await using api = await startProtectedApi({ metadata: () => ({ authorization_servers: [login.origin] }) });
    assert.equal((await failure(await api.ask())).code, 'oauth.issuerMismatch');
  });

  test('an API that takes tokens in the query or the body only is not sent one [F5]', async () => {
    await using api = await startProtectedApi({ metadata: () => ({ bearer_methods_supported: ['query', 'body'] }) });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'api.headerNotTaken');
    assert.match(error.message, /query, body/);
  });
});

suite('a hostile API', () => {
  const foreign = [
    ['another origin', 'https://api.bank.example'],
    ['another port', 'http://127.0.0.1:1'],
    ['https instead of http', 'https://127.0.0.1'],
    ['a path that was not asked', '/private'],
    ['a fragment', '/orders#x'],
    ['a query that was not asked', '/orders?tenant=2'],
    ['no URL', 'orders'],
    ['credentials', 'user:password@'],
  ] as const;
  for (const [name, resource] of foreign) {
    test(`cannot describe itself with ${name} [F7]`, async () => {
      await using api = await startProtectedApi({
        metadata: (origin) => ({
          resource: resource.startsWith('/')
            ? `${origin}${resource}`
            : resource.endsWith('@')
              ? origin.replace('//', `//${resource}`)
              : resource,
        }),
      });
      const { code, message } = await failure(await api.ask());
      assert.equal(code, 'api.resourceMismatch');
      assert.ok(message.includes(api.origin), message);
    });
  }

  test('cannot send us to another origin for its metadata', async () => {
    await using victim = await startQuirkServer();
    await using api = await startProtectedApi({ challenge: () => `resource_metadata="${victim.origin}/admin"` });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'api.signInUnknown');
    assert.match(error.message, /admin \(not at the API’s own address\)/);
    assert.deepEqual(victim.requests, []);
  });

  test('cannot redirect us, to itself or to others', async () => {
    await using victim = await startQuirkServer();
    await using api = await startProtectedApi();
    api.routes[resourceWellKnown] = () => ({ status: 302, headers: { location: `${victim.origin}/admin` } });
    api.routes[`${resourceWellKnown}/orders`] = () => ({ status: 307, headers: { location: '/orders' } });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'api.signInUnknown');
    assert.match(error.message, /HTTP 302.*HTTP 307/s);
    assert.deepEqual(victim.requests, []);
    assert.equal(api.to('/orders').length, 1);
  });

  test('cannot fill the memory', async () => {
    await using api = await startProtectedApi({ metadata: () => ({ padding: 'x'.repeat(2_000_000) }) });
    const error = await failure(await api.ask());
    assert.equal(error.code, 'api.signInUnknown');
    assert.match(error.message, /larger than 1048576 bytes/);
  });

  const unusable = [
    'http://login.example',
    'ftp://login.example',
    'https://a:b@login.example',
    'https://x.example/?a',
    '',
  ];
  test('cannot name servers without encryption, with credentials or with a query', async () => {
    await using api = await startProtectedApi({ metadata: () => ({ authorization_servers: unusable }) });
    assert.equal((await failure(await api.ask())).code, 'api.serversUnusable');
  });

  test('cannot lay out links and line breaks in what we say', async () => {
    const name = 'https://x.example/[Click](command:evil)\u202e\n';
    await using api = await startProtectedApi({ metadata: () => ({ resource: name }) });
    const { message } = await failure(await api.ask());
    assert.doesNotMatch(message, /\]\(|command:|[\u202e\n]/);
  });

  test('gives up when the user does', async () => {
    await using api = await startProtectedApi();
    const controller = new AbortController();
    const asked = await api.ask();
    api.routes[resourceWellKnown] = () => {
      controller.abort();
      return { body: {} };
    };
    await assert.rejects(find(asked, new Person(), controller.signal), { name: 'AbortError' });
  });
});
