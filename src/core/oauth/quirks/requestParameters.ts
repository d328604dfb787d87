import type { ParameterQuirks, PkceSupport, Quirks } from './quirks';

/** Parameters of PKCE (RFC 7636 §4.3, §4.5). */
const pkceParameters = ['code_challenge', 'code_challenge_method', 'code_verifier'] as const;

/** Whether requests may carry PKCE. */
export function takesPkce(support: PkceSupport | undefined, hasSecret: boolean): boolean {
  return support !== 'rejected' && !(support === 'publicClients' && hasSecret);
}

/**
 * The parameters of a request as the server wants them, in the same order. Pure; what a request that asks for a
 * token has in common with one that asks for authorization.
 * @param hasSecret whether the client proves itself with a secret or a key.
 */
export function quirkyParameters(
  parameters: URLSearchParams,
  { scopeSeparator = ' ', pkce }: Pick<Quirks, 'scopeSeparator' | 'pkce'>,
  { rename = {}, remove = [] }: ParameterQuirks = {},
  hasSecret = false,
): URLSearchParams {
  const removed = new Set<string>([...remove, ...(takesPkce(pkce, hasSecret) ? [] : pkceParameters)]);
  const changed = [...parameters]
    .filter(([name]) => !removed.has(name))
    .map(([name, value]): [string, string] => [
      Object.hasOwn(rename, name) ? (rename[name] ?? name) : name,
      name === 'scope' ? value.split(' ').join(scopeSeparator) : value,
    ]);
  return new URLSearchParams(changed);
}
