import { serverTime } from '../serverTime';
import { answerError, type AnswerError } from './answerError';
import { answerLifetime } from './answerLifetime';
import { answerMembers } from './answerMembers';
import { memberAt, textAt, type Members } from './memberAt';
import type { TokenResponseQuirks } from './quirks';

/**
 * A token endpoint's answer in the form of RFC 6749 §5, so that the library, which takes no other, can judge what it
 * says. Answers that say nothing in any known form, and redirects, stay as they are. No token is lost on the way: an
 * answer that holds one is a token response.
 * @param now milliseconds since the epoch by this machine's clock.
 */
export async function conformingTokenAnswer(
  response: Response,
  quirks: TokenResponseQuirks | undefined,
  now: number,
): Promise<Response> {
  const { status, headers } = response;
  if (response.body === null || (status >= 300 && status < 400)) return response;
  const text = await response.text();
  const told = answerMembers(text);
  const members = told && withAlternative(told, quirks?.alternative);
  if (status < 300 && members && textOf(members['access_token']) !== undefined && members['ok'] !== false) {
    return jsonResponse(200, tokenMembers(members, serverTime(headers.get('date')) ?? now), headers);
  }
  const error = answerError(status, headers, text, members);
  if (error) return jsonResponse(Math.max(status, 400), inRfcWords(error, quirks), headers);
  return new Response(text, { status, headers });
}

/** All members come from the place of the token, so that a token never gets another's refresh token. */
function withAlternative(members: Members, place: string | undefined): Members {
  if (place === undefined || members['access_token'] !== undefined) return members;
  const elsewhere = memberAt(members, place);
  return textAt(elsewhere, 'access_token') === undefined ? members : { ...members, ...(elsewhere as Members) };
}

function tokenMembers(members: Members, now: number): Members {
  return withoutAbsent({
    ...members,
    error: undefined,
    access_token: textOf(members['access_token']),
    token_type: tokenType(members['token_type']),
    refresh_token: textOf(members['refresh_token']),
    id_token: textOf(members['id_token']),
    expires_in: answerLifetime(members, now),
    scope: scopeOf(members['scope'] ?? members['scopes']),
  });
}

/** Some servers put a list round the only value. */
function textOf(value: unknown): string | undefined {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : value;
  return typeof only === 'string' && only !== '' ? only : undefined;
}

/** Types that are not used as RFC 6750 says (IANA registry of access token types; MAC was never finished). */
const otherTypes: ReadonlySet<string> = new Set(['dpop', 'pop', 'mac', 'n_a']);

/** Some servers name the kind of token here, or nothing. What is no other known type is used as Bearer. */
function tokenType(value: unknown): string {
  const type = textOf(value) ?? '';
  return otherTypes.has(type.toLowerCase()) ? type : 'Bearer';
}

function scopeOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string').join(' ') : undefined;
}

function inRfcWords(error: AnswerError, quirks: TokenResponseQuirks | undefined): AnswerError {
  const known = quirks?.errors ?? {};
  const names = [error.error, error.error_description ?? ''];
  const name = names.find((text) => Object.hasOwn(known, text));
  return { ...error, error: (name === undefined ? undefined : known[name]) ?? error.error };
}

function withoutAbsent(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== ''));
}

/** The challenge of a 401 goes: what it says is in the body now, and the library would look at nothing else. */
function jsonResponse(status: number, members: Members | AnswerError, headers: Headers): Response {
  const sent = new Headers(headers);
  sent.set('content-type', 'application/json');
  sent.delete('www-authenticate');
  return new Response(JSON.stringify(members), { status, headers: sent });
}
