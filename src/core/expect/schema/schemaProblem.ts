/** Why a schema cannot be applied, in a few words. */
export class SchemaProblem extends Error {}

/** A keyword with a value that is none for it. */
export function misused(keyword: string, kind: string): SchemaProblem {
  return new SchemaProblem(`the schema cannot be used: ${keyword} is no ${kind}`);
}
