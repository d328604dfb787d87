import { readJwt } from './readJwt';
import type { ServerMetadata } from './serverMetadata';

/** Whose tokens they were when the user signed in. */
export interface SignedInAs {
  readonly server: ServerMetadata;
  readonly client: { readonly id: string };
  /** `sub` of the ID token then; absent: there was none. */
  readonly subject?: string | undefined;
}

/**
 * Whether the ID token of a refresh says that the tokens beside it belong to somebody else: another issuer, subject or
 * client than at the sign-in, which it must not (OpenID Connect Core §12.2). Taking them would send requests in another
 * name. It has come straight from the token endpoint, so its signature need not be checked (§3.1.3.7, rule 6).
 *
 * Nothing else depends on it. One that is broken or out of date is left alone, because it must not cost the refresh
 * token that came with it.
 */
export function isOfSomebodyElse(idToken: unknown, { server, client, subject }: SignedInAs): boolean {
  if (typeof idToken !== 'string' || subject === undefined || !server.issuerKnown) return false;
  const read = readJwt(idToken);
  if (read.kind !== 'jwt') return false;
  const { iss, sub, aud } = read.claims;
  const audience: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  return iss !== server.metadata.issuer || sub !== subject || !audience.includes(client.id);
}
