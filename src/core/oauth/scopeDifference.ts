import type { Session } from './model';

/** How the scopes that were granted differ from those that were asked for (RFC 6749 §5.1). Never a failure. */
export interface ScopeDifference {
  readonly withheld: readonly string[];
  readonly unasked: readonly string[];
}

/** `undefined` when both are the same, in whatever order. */
export function scopeDifference({
  scopes,
  grantedScopes,
}: Pick<Session, 'scopes' | 'grantedScopes'>): ScopeDifference | undefined {
  const withheld = scopes.filter((scope) => !grantedScopes.includes(scope));
  const unasked = grantedScopes.filter((scope) => !scopes.includes(scope));
  return withheld.length + unasked.length === 0 ? undefined : { withheld, unasked };
}
