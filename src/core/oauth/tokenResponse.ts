import { clockSkew, type Client } from 'oauth4webapi';
import { isAbort, LatchkeyError } from '../errors';
import type { Clock } from '../ports';
import { libraryErrorOf, serverErrorOf, type ServerError } from './libraryError';
import { describedAs, plainServerText } from './serverText';
import { serverTime } from './serverTime';

/** A token endpoint's JSON answer, before the library judges it. */
type Body = Readonly<Record<string, unknown>>;

/** Seconds below which a difference between two clocks is not worth a correction. */
const negligibleSkew = 5;

/** A token response without the members named in `drop`, and what is left. Anything but tokens stays as it is. */
export async function conformingTokenResponse(
  response: Response,
  drop: readonly string[],
): Promise<{ readonly response: Response; readonly body: Body; readonly dropped: Body }> {
  if (response.status !== 200) return { response, body: {}, dropped: {} };
  const text = await response.text();
  const body = jsonObject(text);
  const kept = Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => !drop.includes(name)));
  const { status, headers } = response;
  return {
    response: new Response(body ? JSON.stringify(kept) : text, { status, headers }),
    body: kept,
    dropped: Object.fromEntries(Object.entries(body ?? {}).filter(([name]) => drop.includes(name))),
  };
}

/** The client with the difference between the server's clock and ours, so that an ID token is judged by its maker's clock. */
export function withClockSkew(client: Client, response: Response, clock: Clock): Client {
  const skew = skewOf(response, clock);
  return skew === 0 ? client : { ...client, [clockSkew]: skew };
}

/** Seconds that the server's clock is ahead of ours; 0 when that is too little to matter, or not known. */
export function skewOf(response: Response, clock: Clock): number {
  const now = clock.now();
  const skew = Math.round(((serverTime(response.headers.get('date')) ?? now) - now) / 1000);
  return Math.abs(skew) > negligibleSkew ? skew : 0;
}

/**
 * What went wrong at a token endpoint, as a coded error.
 * @param refused makes the error for an OAuth `error` answer of the grant in question.
 */
export async function tokenEndpointError(
  error: unknown,
  host: string,
  refused: (error: ServerError) => LatchkeyError,
): Promise<unknown> {
  if (error instanceof LatchkeyError || isAbort(error)) return error;
  const answer = await serverErrorOf(error);
  if (answer) return refused(answer);
  const broken = libraryErrorOf(error);
  if (!broken) return error;
  const aboutIdToken = broken.code.startsWith('OAUTH_JWT_') || /\bID Token|id_token|JW[TS]\b/.test(broken.reason);
  return new LatchkeyError(aboutIdToken ? 'oauth.idTokenInvalid' : 'oauth.tokenResponseInvalid', {
    host,
    reason: broken.reason,
  });
}

/** `{error}` and `{description}` of an OAuth error answer, fit to be shown. */
export function shownServerError(answer: ServerError): { readonly error: string; readonly description: string } {
  return { error: plainServerText(answer.error), description: describedAs(answer.description) };
}

function jsonObject(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}
