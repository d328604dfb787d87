/** The names of the secrets that a file mentions, in whatever state it is. */
export function mentionedSecrets(text: string): readonly string[] {
  // No name holds what ends the search, so that it stays within one expression.
  return Array.from(text.matchAll(/\$\{\s*secret:([^${}|]*)[}|]/g), ([, name = '']) => name.trim());
}
