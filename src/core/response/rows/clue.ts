/**
 * What must be in the bytes of a body where a text is found in its rows, ignoring case: the longest run of characters
 * that are the same bytes in every encoding and layout, in lower case. `undefined`: there is none, so every row has to
 * be looked at.
 */
export function clueOf(text: string): string | undefined {
  // Left out: whitespace and what stands beside it in JSON, as a layout adds and drops it; stars, which stand in for
  // what is secret; and K and S, of which there are more than two when case is ignored (the Kelvin sign, the long s).
  const runs = text.match(/[!-)+\-./0-9;-JL-RT-Z\\^-jl-rt-z|~]+/g) ?? [];
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest === '' ? undefined : longest.toLowerCase();
}
