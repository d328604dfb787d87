import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { quirksOf } from '../../../../../src/core/oauth/presets/presets';
import { answerLifetime } from '../../../../../src/core/oauth/quirks/answerLifetime';
import type { TokenResponseQuirks } from '../../../../../src/core/oauth/quirks/quirks';
import { conformingTokenAnswer } from '../../../../../src/core/oauth/quirks/tokenAnswer';
import { toldBeside } from '../../../../../src/core/oauth/quirks/toldBeside';
import { fc } from '../../../../helpers/properties';

const now = Date.parse('2030-01-01T00:00:00Z');

async function answered(
  body: unknown,
  quirks?: TokenResponseQuirks,
  init: ResponseInit = {},
): Promise<{ status: number; members: Record<string, unknown> }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await conformingTokenAnswer(new Response(text, init), quirks, now);
  return { status: response.status, members: (await response.json()) as Record<string, unknown> };
}

suite('a conforming token answer', () => {
  test('a conforming one stays what it is, unknown members included', async () => {
    const body = { access_token: 'a', token_type: 'Bearer', expires_in: 60, scope: 'x', instance_url: 'https://i' };
    assert.deepEqual(await answered(body), { status: 200, members: body });
    assert.equal((await answered({ ...body, token_type: 'DPoP' })).members['token_type'], 'DPoP');
  });

  test('a token elsewhere in the answer is taken where the top has none, with what belongs to it [#tokenPath]', async () => {
    const slack = quirksOf('slack').tokenResponse;
    const user = { id: 'U1', scope: 'chat:write', access_token: 'of the user', token_type: 'user', expires_in: 43200 };
    const alone = await answered({ ok: true, authed_user: { ...user, refresh_token: 'r' }, team: { id: 'T1' } }, slack);
    assert.equal(alone.members['access_token'], 'of the user');
    assert.equal(alone.members['refresh_token'], 'r');
    assert.equal(alone.members['scope'], 'chat:write');
    const both = await answered(
      { ok: true, access_token: 'of the bot', token_type: 'bot', authed_user: { ...user, refresh_token: 'r' } },
      slack,
    );
    assert.equal(both.members['access_token'], 'of the bot');
    assert.equal(both.members['refresh_token'], undefined, 'a token never gets another’s refresh token');
  });

  test('errors of a provider’s own are told in the words of RFC 6749', async () => {
    const slack = await answered({ ok: false, error: 'invalid_refresh_token' }, quirksOf('slack').tokenResponse);
    assert.deepEqual(slack, { status: 400, members: { error: 'invalid_grant' } });
    const github = await answered(
      { error: 'bad_verification_code', error_description: 'It expired.' },
      quirksOf('github').tokenResponse,
    );
    assert.deepEqual(github.members, { error: 'invalid_grant', error_description: 'It expired.' });
    const twitch = await answered(
      { error: 'Bad Request', status: 400, message: 'Invalid refresh token' },
      quirksOf('twitch').tokenResponse,
      { status: 400 },
    );
    assert.deepEqual(twitch.members, { error: 'invalid_grant', error_description: 'Invalid refresh token' });
    const other = await answered({ ok: false, error: 'constructor' }, quirksOf('slack').tokenResponse);
    assert.deepEqual(other.members, { error: 'constructor' });
  });

  test('an answer with a token is never taken for a refusal, and one without never for a token', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        fc.constantFrom(200, 201, 400, 401, 403),
        async (noise, token, status) => {
          const told = new Set(['access_token', 'accessToken', 'ok']);
          const rest = Object.fromEntries(Object.entries(noise).filter(([name]) => !told.has(name)));
          const body = token === undefined ? rest : { ...rest, access_token: token };
          const answer = await answered(body, undefined, { status });
          const isToken = answer.status === 200 && answer.members['access_token'] !== undefined;
          assert.equal(isToken, token !== undefined && status < 300);
          if (isToken) assert.equal(answer.members['access_token'], token);
        },
      ),
    );
  });

  test('any text at all is answered without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.constantFrom(200, 302, 400, 401), async (text, status) => {
        const response = new Response(text, { status, headers: { 'www-authenticate': 'Basic "' } });
        await (await conformingTokenAnswer(response, undefined, now)).text();
      }),
    );
  });
});

suite('the lifetime in an answer', () => {
  for (const [members, seconds] of [
    [{ expires_in: 3600 }, 3600],
    [{ expires_in: '3600' }, 3600],
    [{ expires_in: ' 3600 ' }, 3600],
    [{ expires_in: 0, expires: 60 }, 60],
    [{ expires_in: -1 }, undefined],
    [{ expires_in: 'soon' }, undefined],
    [{ expires_in: true }, undefined],
    [{ expires_in: {} }, undefined],
    [{ expires: '5183999' }, 5183999],
    [{ expires_on: now / 1000 + 60 }, 60],
    [{ expires_on: now + 60_000 }, 60],
    [{ expires_at: '2030-01-01T00:01:00Z' }, 60],
    [{ expires_at: now / 1000 - 60 }, undefined],
    [{}, undefined],
  ] as const) {
    test(JSON.stringify(members), () => {
      assert.equal(answerLifetime(members, now), seconds);
    });
  }
});

suite('what is told beside the tokens', () => {
  test('is read where the provider has it, and nothing else is kept [#capturedMetadata]', () => {
    const quirks = {
      captured: { team: 'team.id', gone: 'team.none', list: 'team' },
      identity: { subject: 'u.id', name: ['u.a', 'u.b'] },
    };
    const answer = { access_token: 'a', team: { id: 7, long: 'x' }, u: { id: 'U1', b: 'Bob' } };
    assert.deepEqual(toldBeside(answer, quirks), {
      identity: { sub: 'U1', preferred_username: 'Bob' },
      captured: { team: '7' },
    });
    assert.deepEqual(toldBeside({}, quirks), {});
    assert.deepEqual(toldBeside(answer, undefined), {});
    assert.deepEqual(toldBeside({ team: { id: 'x'.repeat(1001) } }, quirks), {}, 'ids and addresses are short');
  });
});
