import type { ParameterQuirks, Quirks } from './quirks';

/** Parameters of PKCE (RFC 7636 §4.3, §4.5). */
const pkceParameters = ['code_challenge', 'code_challenge_method', 'code_verifier'] as const;

/**
 * The parameters of a request as the server wants them, in the same order. Pure; what a request that asks for a
 * token has in common with one that asks for authorization.
 */
export function quirkyParameters(
  parameters: URLSearchParams,
  { scopeSeparator = ' ', pkce }: Pick<Quirks, 'scopeSeparator' | 'pkce'>,
  { rename = {}, remove = [] }: ParameterQuirks = {},
): URLSearchParams {
  const removed = new Set<string>([...remove, ...(pkce === 'rejected' ? pkceParameters : [])]);
  const changed = [...parameters]
    .filter(([name]) => !removed.has(name))
    .map(([name, value]) => [
      Object.hasOwn(rename, name) ? (rename[name] ?? name) : name,
      name === 'scope' ? value.split(' ').join(scopeSeparator) : value,
    ]);
  return new URLSearchParams(changed);
}
