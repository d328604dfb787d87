/** The functions of XPath 1.0 §4, with the fewest and the most values each takes. `id` needs a DTD, so it is left out. */
export const xpathFunctions: ReadonlyMap<string, readonly [fewest: number, most: number]> = new Map([
  ...functions(0, 0, ['last', 'position', 'true', 'false']),
  ...functions(1, 1, ['count', 'boolean', 'not', 'lang', 'sum', 'floor', 'ceiling', 'round']),
  ...functions(0, 1, ['local-name', 'namespace-uri', 'name', 'string', 'string-length', 'normalize-space', 'number']),
  ...functions(2, 2, ['starts-with', 'contains', 'substring-before', 'substring-after']),
  ...functions(2, Infinity, ['concat']),
  ...functions(2, 3, ['substring']),
  ...functions(3, 3, ['translate']),
]);

function functions(fewest: number, most: number, names: readonly string[]): [string, readonly [number, number]][] {
  return names.map((name) => [name, [fewest, most]]);
}
