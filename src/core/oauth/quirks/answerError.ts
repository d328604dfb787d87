import { parseChallenges } from '../../http/wwwAuthenticate';
import { memberAt, textAt, type Members } from './memberAt';

/** `error` and `error_description` of RFC 6749 §5.2. */
export interface AnswerError {
  readonly error: string;
  readonly error_description?: string;
}

/** Where servers put the code of an error, and where its words; the first that is there counts. */
const codes = ['error', 'error_code', 'errorCode', 'error_type', 'errorType', 'errcode', 'type', 'code'] as const;
const words = [
  'error_description',
  'error_message',
  'errorMessage',
  'message',
  'errmsg',
  'msg',
  'detail',
  'description',
  'title',
] as const;

/** Members that make an answer with status 200 an error. */
const telling = ['error', 'errors', 'error_code', 'error_type', 'errcode'] as const;

/** What an answer without a token says has gone wrong; `undefined` when it does not say that anything has. */
export function answerError(
  status: number,
  headers: Headers,
  text: string,
  members: Members | undefined,
): AnswerError | undefined {
  if (status < 400 && !(members && tellsAnError(members))) return undefined;
  const inBody = members ? errorIn(members) : { error_description: textOf(text) };
  const challenge = challengeIn(status, headers);
  const error = inBody.error ?? challenge?.get('error') ?? (challenge ? 'invalid_client' : `HTTP ${status}`);
  const description = inBody.error_description ?? challenge?.get('error_description');
  return { error, ...(description === undefined ? {} : { error_description: description }) };
}

function tellsAnError(members: Members): boolean {
  return telling.some((name) => members[name] !== undefined) || members['ok'] === false || members['success'] === false;
}

interface FoundError {
  readonly error?: string | undefined;
  readonly error_description?: string | undefined;
}

/** An error may be an object (`error: { type, message }`), or the first of several (`errors: [{ … }]`). */
function errorIn(members: Members): FoundError {
  const nested = [memberAt(members, 'error'), memberAt(members, 'errors.0')].find((value) => value !== undefined);
  const top = { error: firstText(members, codes), error_description: firstText(members, words) };
  if (typeof nested !== 'object' || nested === null) {
    const error = typeof nested === 'string' && top.error === undefined ? nested : top.error;
    return { ...top, error };
  }
  return {
    error: firstText(nested, codes) ?? top.error,
    error_description: firstText(nested, words) ?? top.error_description,
  };
}

function firstText(members: unknown, names: readonly string[]): string | undefined {
  return names.map((name) => textAt(members, name)).find((text) => text !== undefined);
}

/** A page is no reason; a line of text is one. */
function textOf(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === '' || trimmed.startsWith('<') ? undefined : trimmed;
}

/** RFC 6749 §5.2: a 401 comes with a challenge; of several, the one that names an error says it. */
function challengeIn(status: number, headers: Headers): ReadonlyMap<string, string> | undefined {
  const header = headers.get('www-authenticate');
  if (status !== 401 || header === null) return undefined;
  const challenges = parseChallenges([['www-authenticate', header]]);
  const telling = challenges.find(({ parameters }) => parameters.has('error')) ?? challenges[0];
  return telling?.parameters ?? new Map();
}
