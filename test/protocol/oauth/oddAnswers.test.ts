import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { ErrorCode, LatchkeyError } from '../../../src/core/errors';
import type { Session } from '../../../src/core/oauth/model';
import type { QuirkAnswer, QuirkRoute } from '../../helpers/oauth/quirkServer';
import { answersWithCode, plain, quirkyServer, signIn } from '../../helpers/oauth/quirkySignIn';
import { never, TestWindow } from '../../helpers/oauth/testWindow';

type Members = Readonly<Record<string, unknown>>;

/** What a server with manners says, which each row changes. */
function usual(token: string): Members {
  return { access_token: token, token_type: 'Bearer', expires_in: 3600, refresh_token: `refresh of ${token}` };
}

interface OddToken {
  readonly title: string;
  readonly answer: (members: Members) => QuirkAnswer;
  /** Seconds; `undefined`: the server did not say. Default: an hour. */
  readonly lifetime?: number | undefined;
  /** The answer holds no refresh token that could be used. */
  readonly withoutRefresh?: true;
  readonly scopes?: readonly string[];
}

const labelled = (type: string, body: string): QuirkAnswer => ({ headers: { 'content-type': type }, body });
const asForm = (members: Members): string => new URLSearchParams(members as Record<string, string>).toString();
const hence = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** The members with some changed; `undefined` takes one away. */
function changed(title: string, changes: (members: Members) => Members, more: Partial<OddToken> = {}): OddToken {
  return { title, answer: (members) => ({ body: { ...members, ...changes(members) } }), ...more };
}

const oddTokens: readonly OddToken[] = [
  changed('no token_type [#fixDouban #fixWeibo]', () => ({ token_type: undefined })),
  changed('token_type: null', () => ({ token_type: null })),
  changed('token_type: "bot"', () => ({ token_type: 'bot' })),
  changed('token_type: "User Access Token" [#fixEbay]', () => ({ token_type: 'User Access Token' })),
  changed('token_type as a list', () => ({ token_type: ['bearer'] })),
  {
    title: 'a form labelled text/plain, with expires and no token_type [#fixFacebook]',
    answer: ({ access_token, refresh_token }) =>
      labelled('text/plain', asForm({ access_token, refresh_token, expires: '3600' })),
  },
  {
    title: 'a form labelled as one',
    answer: (members) => labelled('application/x-www-form-urlencoded', asForm(members)),
  },
  { title: 'a form labelled as JSON', answer: (members) => labelled('application/json', asForm(members)) },
  { title: 'a form labelled as a page', answer: (members) => labelled('text/html', asForm(members)) },
  { title: 'JSON labelled text/plain', answer: (members) => labelled('text/plain', JSON.stringify(members)) },
  { title: 'JSON labelled as a page', answer: (members) => labelled('text/html', JSON.stringify(members)) },
  changed('expires_in as text', () => ({ expires_in: '1800' }), { lifetime: 1800 }),
  changed('expires_in as a fraction', () => ({ expires_in: 1800.5 }), { lifetime: 1800 }),
  changed('expires_in: 0 and scope: null [#fixMailchimp]', () => ({ expires_in: 0, scope: null }), {
    lifetime: undefined,
  }),
  changed('expires_in: null', () => ({ expires_in: null }), { lifetime: undefined }),
  changed('expires_in: -1', () => ({ expires_in: -1 }), { lifetime: undefined }),
  changed('expires_in that is no number', () => ({ expires_in: 'never' }), { lifetime: undefined }),
  changed('expires', () => ({ expires_in: undefined, expires: 1800 }), { lifetime: 1800 }),
  changed('expires_on in seconds', () => ({ expires_in: undefined, expires_on: String(hence(1800)) }), {
    lifetime: 1800,
  }),
  changed('expires_on in milliseconds', () => ({ expires_in: null, expires_on: hence(1800) * 1000 }), {
    lifetime: 1800,
  }),
  changed('expires_on as a date', () => ({ expires_in: '', expires_on: new Date(hence(1800) * 1000).toISOString() }), {
    lifetime: 1800,
  }),
  changed('expires_at', () => ({ expires_in: undefined, expires_at: hence(1800) }), { lifetime: 1800 }),
  changed('refresh_token: null', () => ({ refresh_token: null }), { withoutRefresh: true }),
  changed('refresh_token: ""', () => ({ refresh_token: '' }), { withoutRefresh: true }),
  changed('refresh_token: []', () => ({ refresh_token: [] }), { withoutRefresh: true }),
  changed('refresh_token in a list', ({ refresh_token }) => ({ refresh_token: [refresh_token] })),
  changed('id_token: null', () => ({ id_token: null })),
  changed('id_token: ""', () => ({ id_token: '' })),
  changed('id_token as a list', () => ({ id_token: ['a', 'b'] })),
  changed('scope: ""', () => ({ scope: '' })),
  changed('scope as a list', () => ({ scope: ['read', 'write'] }), { scopes: ['read', 'write'] }),
  changed('scopes for scope', () => ({ scopes: 'read write' }), { scopes: ['read', 'write'] }),
  changed('error: null beside the token', () => ({ error: null, ok: true })),
  { title: 'status 201', answer: (members) => ({ status: 201, body: members }) },
  {
    title: 'camelCase members [#fixPlentymarkets]',
    answer: ({ access_token, token_type, refresh_token }) => ({
      body: { accessToken: access_token, tokenType: token_type, expiresIn: 1800, refreshToken: refresh_token },
    }),
    lifetime: 1800,
  },
];

/** Answers with `token 1`, `token 2`, …, each time in the form that its place in the list says. */
function tokensIn(...answers: readonly ((members: Members) => QuirkAnswer)[]): QuirkRoute {
  let count = 0;
  return () => {
    const answer = answers[Math.min(count, answers.length - 1)];
    return answer?.(usual(`token ${++count}`)) ?? {};
  };
}

const usually = (members: Members): QuirkAnswer => ({ body: members });

async function onlySession(window: TestWindow): Promise<Session> {
  const [session, ...others] = await window.service.list();
  assert.ok(session);
  assert.deepEqual(others, []);
  return session;
}

/** Renews the session's token; its value, or `undefined` when only the user can get one. */
async function renewed(window: TestWindow, { id }: Session): Promise<string | undefined> {
  const token = await window.service.freshToken(id, never());
  return (await window.service.renew(id, token, never()))?.value.revealForTransport();
}

function assertLifetime({ expiresAt }: Session, { title, ...row }: OddToken): void {
  const lifetime = 'lifetime' in row ? row.lifetime : 3600;
  if (lifetime === undefined) assert.equal(expiresAt, undefined, title);
  else assert.ok(Math.abs((expiresAt ?? 0) - Date.now() - lifetime * 1000) < 60_000, `${title}: ${expiresAt}`);
}

suite('odd token answers', () => {
  for (const row of oddTokens) {
    const [title] = row.title.split(' [');
    test(`${title}: signs in [T7 #quirkTokenResponse]`, async () => {
      await using server = await quirkyServer(tokensIn(row.answer, usually));
      using window = new TestWindow({ browse: answersWithCode });
      await signIn(window, plain(server.origin));
      const session = await onlySession(window);
      const token = await window.service.freshToken(session.id, never());
      assert.equal(token.value.revealForTransport(), 'token 1');
      assert.equal(token.type, 'Bearer');
      assertLifetime(session, row);
      assert.deepEqual(session.grantedScopes, row.scopes ?? ['read']);
      assert.equal(session.refreshable, row.withoutRefresh === undefined);
    });

    test(`${title}: refreshes [#quirkRefreshResponse]`, async () => {
      await using server = await quirkyServer(tokensIn(usually, row.answer, usually));
      using window = new TestWindow({ browse: answersWithCode });
      await signIn(window, plain(server.origin));
      assert.equal(await renewed(window, await onlySession(window)), 'token 2');
      assertLifetime(await onlySession(window), row);
      assert.equal(await renewed(window, await onlySession(window)), 'token 3');
      const sent = server.to('/token').map(({ form }) => form.get('refresh_token'));
      assert.deepEqual(sent, [null, 'refresh of token 1', `refresh of token ${row.withoutRefresh ? 1 : 2}`]);
    });
  }
});

interface OddRefusal {
  readonly title: string;
  readonly answer: QuirkAnswer;
  /** The code at the sign-in. */
  readonly atSignIn: ErrorCode;
  /** The code at a refresh; `ended`: the refresh token is worthless, and the user is asked to sign in. */
  readonly atRefresh: ErrorCode | 'ended';
  /** What the server's own words must bring into the message. */
  readonly says?: RegExp;
}

const basic = { 'www-authenticate': 'Basic realm="x"' };
const [badCode, badClient, refused] = [
  'oauth.codeRejected',
  'oauth.clientRejected',
  'oauth.tokenRequestRefused',
] as const;
const [notRenewed, unusable] = ['oauth.refreshRefused', 'oauth.tokenResponseInvalid'] as const;

const refusals: readonly OddRefusal[] = [
  {
    title: '200 with an error',
    answer: { body: { error: 'invalid_grant', error_description: 'code expired' } },
    atSignIn: badCode,
    atRefresh: 'ended',
    says: /code expired/,
  },
  {
    title: '200 with an error as a form',
    answer: labelled('application/x-www-form-urlencoded', 'error=incorrect_client_credentials&error_description=no'),
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /incorrect_client_credentials/,
  },
  {
    title: '200 with ok: false',
    answer: { body: { ok: false, error: 'invalid_code' } },
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /invalid_code/,
  },
  {
    title: '200 with errcode and errmsg',
    answer: { body: { errcode: 40029, errmsg: 'invalid code' } },
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /40029.*invalid code/,
  },
  {
    title: '400 with a form',
    answer: { status: 400, ...labelled('text/plain', 'error=invalid_grant&error_description=used+up') },
    atSignIn: badCode,
    atRefresh: 'ended',
    says: /used up/,
  },
  {
    title: '400 with a page',
    answer: { status: 400, body: '<html><body>secret page</body></html>' },
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /HTTP 400.*no reason/,
  },
  {
    title: '400 with a line of text',
    answer: { status: 400, ...labelled('text/plain', 'Bad verification code') },
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /Bad verification code/,
  },
  {
    title: '400 with JSON labelled text/json',
    answer: { status: 400, ...labelled('text/json', '{"error":"invalid_grant"}') },
    atSignIn: badCode,
    atRefresh: 'ended',
  },
  { title: '400 with nothing', answer: { status: 400 }, atSignIn: refused, atRefresh: notRenewed, says: /HTTP 400/ },
  {
    title: '400 with the error as an object',
    answer: { status: 400, body: { error: { message: 'Invalid code', type: 'OAuthException', code: 100 } } },
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /OAuthException.*Invalid code/,
  },
  {
    title: '400 with a list of errors [#fixFitbit]',
    answer: { status: 400, body: { success: false, errors: [{ errorType: 'invalid_grant', message: 'Code used' }] } },
    atSignIn: badCode,
    atRefresh: 'ended',
    says: /Code used/,
  },
  {
    title: '400 with nothing but a message',
    answer: { status: 400, body: { status: 400, message: 'Invalid authorization code' } },
    atSignIn: refused,
    atRefresh: notRenewed,
    says: /HTTP 400.*Invalid authorization code/,
  },
  {
    title: '401 with a challenge, and the error in the body',
    answer: { status: 401, headers: basic, body: { error: 'invalid_client', error_description: 'unknown client' } },
    atSignIn: badClient,
    atRefresh: notRenewed,
    says: /unknown client/,
  },
  {
    title: '401 with a challenge, and another error in the body',
    answer: { status: 401, headers: basic, body: { error: 'invalid_grant' } },
    atSignIn: badCode,
    atRefresh: 'ended',
  },
  {
    title: '401 with a challenge alone',
    answer: { status: 401, headers: basic, body: '' },
    atSignIn: badClient,
    atRefresh: notRenewed,
    says: /invalid_client/,
  },
  {
    title: '403 with the error of a 400',
    answer: { status: 403, body: { error: 'unauthorized_client' } },
    atSignIn: badClient,
    atRefresh: notRenewed,
  },
  {
    title: '500 with an error as JSON',
    answer: { status: 500, body: { error: 'invalid_grant' } },
    atSignIn: 'oauth.serverBusy',
    atRefresh: 'oauth.serverBusy',
  },
  {
    title: 'a redirect, which is not followed [T10]',
    answer: { status: 307, headers: { location: '/elsewhere' } },
    atSignIn: unusable,
    atRefresh: unusable,
  },
  { title: 'a list', answer: { body: [{ access_token: 'a' }] }, atSignIn: unusable, atRefresh: unusable },
  { title: 'a page', answer: { body: '<p>access_token=a</p>' }, atSignIn: unusable, atRefresh: unusable },
  { title: 'an empty 204', answer: { status: 204 }, atSignIn: unusable, atRefresh: unusable },
  {
    title: 'a token type that is none of ours',
    answer: { body: { access_token: 'a', token_type: 'mac' } },
    atSignIn: unusable,
    atRefresh: unusable,
  },
];

suite('odd refusals of a token', () => {
  for (const { title: tagged, answer, atSignIn, atRefresh, says = /./ } of refusals) {
    const [title] = tagged.split(' [');
    test(`${title}: the sign-in ends with a coded error, and the code is sent once [T9 #typedErrors]`, async () => {
      await using server = await quirkyServer(() => answer);
      using window = new TestWindow({ browse: answersWithCode });
      await assert.rejects(signIn(window, plain(server.origin)), (error: LatchkeyError) => {
        assert.equal(error.code, atSignIn, error.message);
        assert.match(error.message, says);
        return true;
      });
      assert.equal(server.to('/token').length, 1);
      assert.equal(server.to('/elsewhere').length, 0);
      assert.deepEqual(window.secrets.written, []);
    });

    test(`${title}: a refresh loses no token [#quirkRefreshResponse]`, async () => {
      await using server = await quirkyServer(tokensIn(usually, () => answer, usually));
      using window = new TestWindow({ browse: answersWithCode });
      await signIn(window, plain(server.origin));
      const session = await onlySession(window);
      if (atRefresh === 'ended') {
        assert.equal(await renewed(window, session), undefined);
        assert.equal((await onlySession(window)).state, 'signInAgain');
        return;
      }
      await assert.rejects(renewed(window, session), { code: atRefresh });
      const [after] = await window.service.list();
      assert.deepEqual(after, session);
      assert.equal((await window.service.freshToken(session.id, never())).value.revealForTransport(), 'token 1');
    });
  }
});
