import { readJwt } from './readJwt';

/** Seconds since the epoch: the `exp` of a JWT (RFC 7519 §4.1.4), unchecked; `undefined` for anything else. */
export function jwtExpiry(token: string): number | undefined {
  const jwt = readJwt(token);
  const end = jwt.kind === 'jwt' ? jwt.claims['exp'] : undefined;
  return typeof end === 'number' ? end : undefined;
}
