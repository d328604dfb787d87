import type { Caller, TokenLookup } from './accessTokens';
import { Problem, type Exchange } from './exchange';

const realm = 'realm="Latchkey playground"';

/** Where the API says who signs people in (RFC 9728 §3). */
export const metadataPath = '/.well-known/oauth-protected-resource';

/**
 * The caller, when the request carries a good token with all of `required` (RFC 6750 §3).
 * @throws Problem 400, 401 or 403 with a challenge
 */
export async function authenticate(
  exchange: Exchange,
  lookup: TokenLookup,
  ...required: readonly string[]
): Promise<Caller> {
  const header = exchange.req.headers.authorization;
  // Without any credentials the challenge names no error (RFC 6750 §3.1).
  if (header === undefined) {
    throw unauthorized(exchange, 'Send an access token in the Authorization header.', required);
  }
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
  if (token === undefined)
    throw challenge(400, 'Bad request', 'invalid_request', 'The Authorization header is not "Bearer <token>".');
  const caller = await lookup(token);
  if (caller === undefined) throw invalidToken(exchange, 'The access token is unknown, expired or revoked.');
  const missing = required.filter((scope) => !caller.scopes.includes(scope));
  if (missing.length > 0) throw insufficientScope(caller, required, missing);
  return caller;
}

/** 401 that asks for a fresh token (RFC 6750 §3.1). */
export function invalidToken(exchange: Exchange, description: string): Problem {
  return challenge(401, 'Unauthorized', 'invalid_token', description, `, ${metadataParameter(exchange)}`);
}

/** 401 to a caller who sent no token: what the request needs, and where to get it. */
export function unauthorized(exchange: Exchange, detail: string, required: readonly string[] = []): Problem {
  const scope = required.length > 0 ? `, scope="${required.join(' ')}"` : '';
  const value = `Bearer ${realm}${scope}, ${metadataParameter(exchange)}`;
  return new Problem(401, 'Unauthorized', detail, { headers: { 'www-authenticate': value } });
}

/** RFC 9728 §5.1. By the socket, since the Host header is whatever the caller says. */
function metadataParameter({ req }: Exchange): string {
  return `resource_metadata="http://127.0.0.1:${req.socket.localPort ?? ''}${metadataPath}"`;
}

function insufficientScope(caller: Caller, required: readonly string[], missing: readonly string[]): Problem {
  const detail = `${caller.user.givenName}'s token lacks the scope ${missing.join(' ')}.`;
  return challenge(403, 'Forbidden', 'insufficient_scope', detail, `, scope="${required.join(' ')}"`);
}

function challenge(status: number, title: string, error: string, description: string, rest = ''): Problem {
  const value = `Bearer ${realm}, error="${error}", error_description="${description.replace(/["\\]/g, "'")}"${rest}`;
  return new Problem(status, title, description, { headers: { 'www-authenticate': value }, members: { error } });
}
