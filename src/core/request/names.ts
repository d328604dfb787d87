/** Names of variables, requests, environments and connections: letters, digits, `_`, `-`, and spaces inside. */
export function isName(text: string): boolean {
  return text.length <= 200 && /^[\p{L}\p{M}\p{N}_-](?:[\p{L}\p{M}\p{N}_ -]*[\p{L}\p{M}\p{N}_-])?$/u.test(text);
}
