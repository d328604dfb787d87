/** Which scopes a sign-in asks for that nobody has written down. */
export type DiscoveredScopes =
  | { readonly kind: 'given'; readonly scopes: readonly string[] }
  /** Several would do something: the user decides, beginning with what only reads. */
  | { readonly kind: 'choose'; readonly offered: readonly string[]; readonly preselected: readonly string[] };

/** Words in the name of a scope that does more than read. */
const changing: ReadonlySet<string> = new Set(
  (
    'write readwrite edit modify update create delete remove manage admin owner full all send post publish upload sudo ' +
    'root impersonate impersonation'
  ).split(' '),
);

/** Scopes that open no data of the API: who signed in, and staying signed in. */
const identity: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'address', 'phone', 'offline_access']);

/**
 * Least privilege (RFC 9700 §2.3): what the 401 asks for is what the request needs, so exactly that. Where it asks for
 * nothing in particular, the API's list is what exists and not what is needed, so asking for all of it would hand out
 * more than anybody wanted: the only scope is taken, of several the user chooses. Without a list the server's default
 * counts.
 * @param supported `scopes_supported` of the API (RFC 9728 §2).
 */
export function discoveredScopes(
  challenged: readonly string[] | undefined,
  supported: readonly string[],
): DiscoveredScopes {
  if (challenged) return { kind: 'given', scopes: challenged };
  const offered = supported.filter((scope) => !identity.has(scope));
  if (offered.length <= 1) return { kind: 'given', scopes: offered };
  return { kind: 'choose', offered, preselected: offered.filter((scope) => !soundsChanging(scope)) };
}

/**
 * Adds what makes a session usable and opens no data: the name of the account, and a refresh token, each where the
 * authorization server offers it.
 */
export function withIdentityScopes(scopes: readonly string[], offeredByServer: readonly string[]): readonly string[] {
  const extra = ['openid', 'offline_access'].filter((scope) => offeredByServer.includes(scope));
  return [...new Set([...extra, ...scopes])];
}

function soundsChanging(scope: string): boolean {
  const words = scope
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  return scope.includes('*') || words.some((word) => changing.has(word));
}
