import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isErrorCode } from '../../../src/core/errors';
import { checkDestination } from '../../../src/core/http/authorise';
import { sendAuthorised } from '../../../src/core/http/sendAuthorised';
import type { ConnectionConfig } from '../../../src/core/oauth/model';
import { presets } from '../../../src/core/oauth/presets/presets';
import { withToldOrigin } from '../../../src/core/oauth/toldOrigin';
import { parseProjectFile } from '../../../src/core/request/parseProjectFile';
import { resolveConnection } from '../../../src/core/request/resolveConnection';
import { decodeRecord } from '../../../src/core/session/sessionRecordJson';
import { UndiciTransport } from '../../../src/node/undiciTransport';
import type { QuirkRequest, QuirkServer } from '../../helpers/oauth/quirkServer';
import { answersWithCode, answerTo, plain, quirkyServer, signIn } from '../../helpers/oauth/quirkySignIn';
import { SkippingClock } from '../../helpers/oauth/skippingClock';
import { never, TestWindow } from '../../helpers/oauth/testWindow';
import { httpRequest, sendDependencies, withConnection } from '../../helpers/requests';

type Members = Readonly<Record<string, unknown>>;

/** How a client of the provider proves itself. */
type Proof = 'none' | 'basic' | 'post' | 'emptyBasic';

/** What the documents of a provider say happens in a sign-in. */
interface Documented {
  /** Clients are shown as `none` without a secret and as the preset has it with one. */
  readonly proof: Proof;
  readonly scopes: string;
  /** What the authorization request must have. */
  readonly asks?: Readonly<Record<string, string | undefined>>;
  /** What the token endpoint answers. */
  readonly token: Members;
  /** Of another form than JSON. */
  readonly tokenText?: string;
  readonly userinfo?: Members;
  readonly account: string;
  readonly granted?: readonly string[];
  readonly captured?: Readonly<Record<string, string>>;
  /** What the callback has beside the code. */
  readonly callback?: Readonly<Record<string, string>>;
  /** The body of the token request is JSON. */
  readonly json?: true;
  /** The userinfo request. */
  readonly userinfoMethod?: 'POST';
  readonly userinfoHeaders?: Readonly<Record<string, string>>;
  readonly refreshPath?: string;
  readonly withoutPkce?: true;
}

const bearer = (more: Members = {}): Members => ({
  access_token: 'the-token',
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'the-refresh-token',
  ...more,
});

const documented: Readonly<Record<string, Documented>> = {
  github: {
    proof: 'post',
    scopes: 'repo gist',
    token: {},
    tokenText: 'access_token=the-token&scope=repo%2Cgist&token_type=bearer',
    userinfo: { login: 'octocat', id: 1, node_id: 'MDQ6VXNlcjE=', email: null, name: 'monalisa octocat' },
    account: 'octocat',
    granted: ['repo', 'gist'],
  },
  gitlab: {
    proof: 'none',
    scopes: 'read_user',
    token: bearer({ expires_in: 7200, created_at: 1607635748 }),
    userinfo: { sub: '1', nickname: 'root' },
    account: 'root',
  },
  google: {
    proof: 'basic',
    scopes: 'https://www.googleapis.com/auth/drive.metadata.readonly',
    asks: { access_type: 'offline', prompt: 'consent' },
    token: bearer({ scope: 'openid https://www.googleapis.com/auth/drive.metadata.readonly' }),
    userinfo: { sub: '1', email: 'alice@gmail.com' },
    account: 'alice@gmail.com',
    granted: ['openid', 'https://www.googleapis.com/auth/drive.metadata.readonly'],
  },
  microsoft: {
    proof: 'none',
    scopes: 'offline_access User.Read',
    asks: { prompt: undefined },
    token: bearer({ scope: 'User.Read', ext_expires_in: 3600 }),
    userinfo: { sub: 'x', email: 'alice@contoso.com' },
    account: 'alice@contoso.com',
    granted: ['User.Read'],
  },
  auth0: {
    proof: 'none',
    scopes: 'offline_access read:orders',
    token: bearer({ expires_in: 86400, scope: 'read:orders offline_access' }),
    userinfo: { sub: 'auth0|1', nickname: 'alice' },
    account: 'alice',
    granted: ['read:orders', 'offline_access'],
  },
  okta: {
    proof: 'none',
    scopes: 'offline_access okta.users.read',
    token: bearer({ scope: 'offline_access okta.users.read' }),
    userinfo: { sub: '00u1', preferred_username: 'alice@acme.dev' },
    account: 'alice@acme.dev',
  },
  keycloak: {
    proof: 'none',
    scopes: 'profile',
    token: bearer({
      expires_in: 300,
      refresh_expires_in: 1800,
      'not-before-policy': 0,
      session_state: 's',
      scope: 'profile',
    }),
    userinfo: { sub: '1', preferred_username: 'alice' },
    account: 'alice',
  },
  slack: {
    proof: 'post',
    scopes: 'channels:read commands',
    asks: { scope: 'channels:read,commands', code_challenge: undefined },
    withoutPkce: true,
    token: {
      ok: true,
      access_token: 'the-token',
      token_type: 'bot',
      scope: 'commands,incoming-webhook',
      bot_user_id: 'U0KRQLJ9H',
      app_id: 'A0KRD7HC3',
      team: { name: 'Softball Team', id: 'T9TK3CUKW' },
      enterprise: { name: 'sports', id: 'E12345678' },
      authed_user: { id: 'U1234', scope: 'chat:write', access_token: 'of the user', token_type: 'user' },
    },
    account: 'Softball Team',
    granted: ['commands', 'incoming-webhook'],
    captured: { team_id: 'T9TK3CUKW', team_name: 'Softball Team', app_id: 'A0KRD7HC3', bot_user_id: 'U0KRQLJ9H' },
  },
  discord: {
    proof: 'none',
    scopes: 'identify connections',
    token: bearer({ expires_in: 604800, scope: 'identify connections' }),
    userinfo: { id: '80351110224678912', username: 'nelly', global_name: 'Nelly' },
    account: 'nelly',
  },
  spotify: {
    proof: 'none',
    scopes: 'user-read-private',
    token: bearer({ scope: 'user-read-private' }),
    userinfo: { id: 'smedjan', display_name: 'Smedjan', product: 'premium' },
    account: 'Smedjan',
  },
  atlassian: {
    proof: 'post',
    scopes: 'read:jira-work offline_access read:me',
    asks: { audience: 'api.atlassian.com', prompt: 'consent' },
    token: bearer({ scope: 'read:jira-work' }),
    userinfo: { account_id: 'a1', email: 'alice@acme.dev', name: 'Alice' },
    account: 'alice@acme.dev',
    granted: ['read:jira-work'],
  },
  salesforce: {
    proof: 'none',
    scopes: 'api refresh_token',
    token: {
      access_token: 'the-token',
      refresh_token: 'the-refresh-token',
      signature: 'c2ln',
      scope: 'refresh_token api',
      instance_url: 'https://mycompany.my.salesforce.com',
      id: 'https://login.salesforce.com/id/00D/005',
      token_type: 'Bearer',
      issued_at: '1667600739962',
    },
    userinfo: { sub: 'https://login.salesforce.com/id/00D/005', preferred_username: 'alice@acme.dev' },
    account: 'alice@acme.dev',
    granted: ['refresh_token', 'api'],
    captured: { instance_url: 'https://mycompany.my.salesforce.com' },
  },
  quickbooks: {
    proof: 'basic',
    scopes: 'com.intuit.quickbooks.accounting',
    callback: { realmId: '9130347957983546' },
    token: bearer({ x_refresh_token_expires_in: 8726400 }),
    userinfo: { sub: '1182d6ec', email: 'alice@acme.dev', givenName: 'Alice' },
    account: 'alice@acme.dev',
    captured: { realmId: '9130347957983546' },
  },
  zoom: {
    proof: 'basic',
    scopes: 'user:read:user',
    token: bearer({ scope: 'user:read:user', api_url: 'https://api.zoom.us' }),
    userinfo: { id: 'KDcuGIm1QgePTO8WbOqwIQ', email: 'jchill@example.com' },
    account: 'jchill@example.com',
  },
  dropbox: {
    proof: 'none',
    scopes: 'account_info.read',
    asks: { token_access_type: 'offline' },
    token: bearer({ expires_in: 14400, scope: 'account_info.read', uid: '12345', account_id: 'dbid:AAH4' }),
    userinfo: { account_id: 'dbid:AAH4', email: 'franz@dropbox.com', name: { display_name: 'Franz Ferdinand' } },
    userinfoMethod: 'POST',
    account: 'franz@dropbox.com',
  },
  notion: {
    proof: 'basic',
    scopes: '',
    asks: { owner: 'user', scope: undefined },
    json: true,
    token: {
      access_token: 'the-token',
      token_type: 'bearer',
      refresh_token: 'the-refresh-token',
      bot_id: '3c90c3cc',
      workspace_icon: null,
      workspace_name: 'Acme',
      workspace_id: 'w1',
      owner: { type: 'user', user: { object: 'user', id: 'u1', name: 'Ada', person: { email: 'ada@acme.dev' } } },
      duplicated_template_id: null,
    },
    account: 'ada@acme.dev',
    granted: [],
    captured: { workspace_id: 'w1', workspace_name: 'Acme', bot_id: '3c90c3cc' },
  },
  linear: {
    proof: 'post',
    scopes: 'read write',
    asks: { scope: 'read,write' },
    token: bearer({ expires_in: 86399, scope: 'read write' }),
    userinfo: { data: { viewer: { id: 'l1', email: 'alice@acme.dev', name: 'Alice' } } },
    userinfoMethod: 'POST',
    account: 'alice@acme.dev',
  },
  x: {
    proof: 'none',
    scopes: 'tweet.read users.read offline.access',
    token: bearer({ token_type: 'bearer', expires_in: 7200, scope: 'tweet.read users.read offline.access' }),
    userinfo: { data: { id: '2244994945', name: 'Twitter Dev', username: 'TwitterDev' } },
    account: 'TwitterDev',
  },
  linkedin: {
    proof: 'post',
    scopes: 'openid profile email',
    asks: { code_challenge: undefined, code_challenge_method: undefined },
    withoutPkce: true,
    token: { access_token: 'the-token', expires_in: 5184000, scope: 'email,openid,profile' },
    userinfo: { sub: '782bbtaQ', name: 'John Doe', email: 'doe@email.com', email_verified: true },
    account: 'doe@email.com',
    granted: ['email', 'openid', 'profile'],
  },
  twitch: {
    proof: 'post',
    scopes: 'channel:read:polls user:read:email',
    token: bearer({ expires_in: 14124, scope: ['channel:read:polls', 'user:read:email'], token_type: 'bearer' }),
    userinfo: { data: [{ id: '141981764', login: 'twitchdev', display_name: 'TwitchDev' }] },
    userinfoHeaders: { 'client-id': 'me' },
    account: 'twitchdev',
  },
  reddit: {
    proof: 'emptyBasic',
    scopes: 'identity read',
    asks: { duration: 'permanent' },
    token: bearer({ token_type: 'bearer', scope: 'identity read' }),
    userinfo: { id: 'bob', name: 'spez' },
    account: 'spez',
  },
  figma: {
    proof: 'basic',
    scopes: 'file_content:read',
    token: { access_token: 'the-token', refresh_token: 'the-refresh-token', expires_in: 7776000, user_id_string: '1' },
    userinfo: { id: '1', email: 'alice@acme.dev', handle: 'alice' },
    account: 'alice@acme.dev',
    refreshPath: '/refresh',
  },
  digitalocean: {
    proof: 'none',
    scopes: 'read',
    token: bearer({ token_type: 'bearer', expires_in: 2592000, scope: 'read', info: { email: 'sammy@example.com' } }),
    userinfo: { account: { uuid: 'b6fr89dbf6d9156cace5f3c78dc9851d957381ef', email: 'sammy@example.com' } },
    account: 'sammy@example.com',
  },
  bitbucket: {
    proof: 'basic',
    scopes: '',
    token: bearer({ token_type: 'bearer', expires_in: 7200, scopes: 'account repository' }),
    userinfo: { account_id: '557058:1', uuid: '{1}', display_name: 'Alice', username: 'alice' },
    account: 'Alice',
    granted: ['account', 'repository'],
  },
  box: {
    proof: 'post',
    scopes: 'root_readwrite',
    token: bearer({ token_type: 'bearer', expires_in: 3600, restricted_to: [] }),
    userinfo: { type: 'user', id: '11446498', login: 'ceo@example.com', name: 'Aaron Levie' },
    account: 'ceo@example.com',
  },
  asana: {
    proof: 'post',
    scopes: 'default',
    token: bearer({ data: { id: '4673218951', name: 'Greg Sanchez', email: 'gsanchez@example.com' } }),
    userinfo: { data: { gid: '4673218951', name: 'Greg Sanchez', email: 'gsanchez@example.com' } },
    account: 'gsanchez@example.com',
  },
  cognito: {
    proof: 'none',
    scopes: 'profile',
    token: bearer({ id_token: undefined }),
    userinfo: { sub: '1', email: 'alice@acme.dev' },
    account: 'alice@acme.dev',
  },
};

/** The connection of a project file that names the preset, and the test's server instead of the provider's. */
function connectionOf(
  name: string,
  { proof, scopes }: Pick<Documented, 'proof' | 'scopes'>,
  { origin }: QuirkServer,
  more: readonly string[] = [],
  origins: 'server' | 'preset' = 'server',
): ConnectionConfig {
  const { endpoints } = presets[name]?.facts ?? {};
  const server = endpoints?.token
    ? [`authorizationUrl: ${origin}/authorize`, `tokenUrl: ${origin}/token`, `userinfoUrl: ${origin}/userinfo`]
    : [`issuer: ${origin}`, `userinfoUrl: ${origin}/userinfo`];
  const lines = [
    `preset: ${name}`,
    'clientId: me',
    ...server,
    ...(proof === 'none' || proof === 'emptyBasic' ? [] : ['clientSecret: ${secret:mine}']),
    `scopes: "${scopes}"`,
    ...(origins === 'server' ? [`origins: [${origin}]`] : []),
    // Its own port may be taken where the test runs, and there is no editor that could be opened.
    'redirect: loopback',
    ...more,
  ];
  const text = ['connections:', '  it:', ...lines.map((line) => `    ${line}`)].join('\n');
  const resolved = resolveConnection(parseProjectFile(text), 'it', undefined);
  assert.ok(resolved.ok, JSON.stringify(resolved));
  return resolved.connection;
}

function isAllowed(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    assert.ok(isErrorCode(error, 'http.originNotAllowed'), String(error));
    return false;
  }
}

/** The server, playing the provider. */
async function provider({ token, tokenText, userinfo, refreshPath }: Documented): Promise<QuirkServer> {
  const answer =
    tokenText === undefined
      ? { body: token }
      : { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: tokenText };
  const server = await quirkyServer(() => answer);
  server.routes['/userinfo'] = () => (userinfo ? { body: userinfo } : { status: 500 });
  if (refreshPath !== undefined) server.routes[refreshPath] = () => ({ body: { ...token, refresh_token: undefined } });
  return server;
}

function parametersOf({ headers, body, form }: QuirkRequest, json: boolean): Readonly<Record<string, string>> {
  assert.match(headers['content-type'] ?? '', json ? /^application\/json/ : /^application\/x-www-form-urlencoded/);
  return json ? (JSON.parse(body) as Record<string, string>) : Object.fromEntries(form);
}

/** The one way in which the client proved itself. */
function proofIn(request: QuirkRequest, parameters: Readonly<Record<string, string>>): Proof {
  const { authorization } = request.headers;
  if (authorization === `Basic ${btoa('me:s3cret')}`)
    return parameters['client_secret'] === undefined ? 'basic' : 'none';
  if (authorization === `Basic ${btoa('me:')}`) return 'emptyBasic';
  assert.equal(authorization, undefined);
  assert.equal(parameters['client_id'], 'me');
  return parameters['client_secret'] === 's3cret' ? 'post' : 'none';
}

suite('what the documents of each provider say', () => {
  test('is there for every preset', () => {
    assert.deepEqual(Object.keys(documented).sort(), Object.keys(presets).sort());
  });

  for (const [name, expected] of Object.entries(documented)) {
    test(`${name}: signs in, knows who it was, and refreshes [#quirkTokenRequest #quirkTokenResponse #tokenPath #capturedMetadata]`, async () => {
      await using server = await provider(expected);
      const browse = (url: string): unknown => fetch(answerTo(url, { code: 'the-code', ...expected.callback }));
      using window = new TestWindow({ browse, enterSecret: () => 's3cret' });
      const connection = connectionOf(name, expected, server);
      await signIn(window, connection);

      const asked = new URL(window.opened[0] ?? '').searchParams;
      for (const [parameter, value] of Object.entries(expected.asks ?? {})) {
        assert.equal(asked.get(parameter) ?? undefined, value, parameter);
      }
      assert.equal(asked.has('code_challenge'), expected.withoutPkce === undefined);

      const [request] = server.to('/token');
      assert.ok(request);
      const parameters = parametersOf(request, expected.json ?? false);
      assert.equal(parameters['grant_type'], 'authorization_code');
      assert.equal(parameters['code'], 'the-code');
      assert.equal(parameters['redirect_uri'], asked.get('redirect_uri'));
      assert.equal(parameters['code_verifier'] === undefined, expected.withoutPkce ?? false);
      assert.equal(proofIn(request, parameters), expected.proof);

      const [session] = await window.service.list();
      assert.ok(session);
      assert.equal(session.account.label, `${expected.account} · it`);
      assert.deepEqual(session.grantedScopes, expected.granted ?? expected.scopes.split(' '));
      const token = await window.service.freshToken(session.id, never());
      assert.equal(token.value.revealForTransport(), 'the-token');

      assert.deepEqual(decodeRecord(window.secrets.written.at(-1) ?? '')?.captured, expected.captured);

      const [told] = server.to('/userinfo');
      assert.equal(told === undefined, expected.userinfo === undefined);
      if (told) {
        assert.equal(told.method, expected.userinfoMethod ?? 'GET');
        assert.equal(told.headers.authorization, 'Bearer the-token');
        for (const [header, value] of Object.entries(expected.userinfoHeaders ?? {})) {
          assert.equal(told.headers[header], value);
        }
      }

      assert.equal(session.refreshable, (expected.token['refresh_token'] ?? expected.refreshPath) !== undefined);
      if (!session.refreshable) return;
      await window.service.renew(session.id, token, never());
      const refresh = server.to(expected.refreshPath ?? '/token').at(-1);
      assert.ok(refresh);
      const sent = parametersOf(refresh, expected.json ?? false);
      assert.equal(sent['grant_type'], 'refresh_token');
      assert.equal(sent['refresh_token'], 'the-refresh-token');
      assert.equal(proofIn(refresh, sent), expected.proof);
    });
  }
});

suite('what only some of them do', () => {
  test('salesforce: the token may go where its answer says, below a domain of the provider’s [#toldOrigin]', async () => {
    const answer = { instance_url: 'https://acme.my.salesforce.com/' };
    await using server = await quirkyServer(() => ({ body: bearer(answer) }));
    server.routes['/userinfo'] = () => ({ body: { sub: '005' } });
    using window = new TestWindow({ browse: answersWithCode });
    const connection = connectionOf('salesforce', { proof: 'none', scopes: 'api' }, server, [], 'preset');
    const [sent, other] = ['https://acme.my.salesforce.com', 'https://other.my.salesforce.com'];
    await signIn(window, connection);
    const allowed = async (origin: string, config = connection): Promise<boolean> => {
      const [session] = await window.service.list();
      assert.ok(session);
      const request = httpRequest(`${origin}/services/data`, { auth: withConnection });
      const named = { ...withToldOrigin(config, session), name: 'acme' };
      return isAllowed(() => checkDestination(request, named));
    };
    assert.deepEqual([await allowed(sent), await allowed(other)], [true, false]);
    assert.equal(await allowed(sent, { ...connection, toldOrigin: undefined }), false, 'nobody has approved it');
    answer.instance_url = 'https://my.salesforce.com.evil.example';
    await signIn(window, connection);
    assert.deepEqual([await allowed(sent), await allowed('https://my.salesforce.com.evil.example')], [false, false]);
  });

  test('github: a code instead of a redirect; what is pending is told with status 200 [#device]', async () => {
    await using server = await quirkyServer(({ form }) => {
      assert.equal(form.get('device_code'), 'd');
      const asked = server.to('/token').length;
      if (asked === 1) return { body: { error: 'authorization_pending', error_description: 'Not yet.' } };
      if (asked === 2) return { body: { error: 'slow_down', interval: 10 } };
      return { body: { access_token: 'the-token', token_type: 'bearer', scope: 'repo,gist' } };
    });
    server.routes['/device'] = () => ({
      body: { device_code: 'd', user_code: 'WDJB-MJHT', verification_uri: server.origin, expires_in: 900, interval: 5 },
    });
    server.routes['/userinfo'] = () => ({ body: { login: 'octocat', id: 1 } });
    using window = new TestWindow({ clock: new SkippingClock() });
    const device = [`deviceAuthorizationUrl: ${server.origin}/device`, 'grant: deviceCode'];
    await signIn(window, connectionOf('github', { proof: 'none', scopes: 'repo gist' }, server, device));
    const [session] = await window.service.list();
    assert.equal(session?.account.label, 'octocat · it');
    assert.deepEqual(session.grantedScopes, ['repo', 'gist']);
    assert.equal(server.to('/token').length, 3);
  });

  test('twitch: a refresh token that is told to be invalid ends the session', async () => {
    await using server = await quirkyServer(({ form }) =>
      form.get('grant_type') === 'refresh_token'
        ? { status: 400, body: { error: 'Bad Request', status: 400, message: 'Invalid refresh token' } }
        : { body: bearer({ scope: [] }) },
    );
    using window = new TestWindow({ browse: answersWithCode });
    await signIn(window, connectionOf('twitch', { proof: 'none', scopes: 'user:read:email' }, server));
    const [session] = await window.service.list();
    assert.ok(session);
    const token = await window.service.freshToken(session.id, never());
    assert.equal(await window.service.renew(session.id, token, never()), undefined);
    assert.equal((await window.service.list())[0]?.state, 'signInAgain');
  });

  for (const [name, parameter] of [
    ['instagram [#fixInstagram]', 'access_token'],
    ['weibo [#fixWeibo]', 'access_token'],
    ['douban [#fixDouban]', 'access_token'],
    ['slack [#fixSlack]', 'token'],
  ] as const) {
    test(`the API gets the token in its query, as the compliance fix has it: ${name}`, async () => {
      await using server = await quirkyServer(() => ({ body: { access_token: 'the-token' } }));
      server.routes['/api'] = ({ query, headers }) => {
        const isThere = query.get(parameter) === 'the-token' && headers.authorization === undefined;
        return { status: isThere ? 200 : 401, body: { q: query.get('q') } };
      };
      using window = new TestWindow({ browse: answersWithCode });
      const connection = plain(server.origin, { origins: [server.origin] });
      await signIn(window, connection);
      const [session] = await window.service.list();
      assert.ok(session);
      const auth = { ...withConnection, placement: { in: 'query', name: parameter } } as const;
      const tokens = {
        freshToken: (signal: AbortSignal) => window.service.freshToken(session.id, signal),
        renew: () => Promise.resolve(undefined),
      };
      const network = new UndiciTransport();
      const exchange = await sendAuthorised(
        httpRequest(`${server.origin}/api?q=1`, { auth }),
        connection,
        tokens,
        sendDependencies(network),
        { signal: never() },
      );
      network.dispose();
      assert.equal(exchange.outcome.kind === 'response' && exchange.outcome.response.status, 200);
      assert.doesNotMatch(JSON.stringify(exchange), /the-token/);
    });
  }
});
