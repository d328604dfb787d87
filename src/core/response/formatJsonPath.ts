/** What may follow a dot (RFC 9535 §2.5.1.1). */
const SHORTHAND = /^[A-Za-z_\u0080-\ud7ff\ue000-\u{10ffff}][\w\u0080-\ud7ff\ue000-\u{10ffff}]*$/u;

/** The JSONPath (RFC 9535) of one value: `$.items[3]['a b']`. */
export function formatJsonPath(segments: readonly (string | number)[]): string {
  const parts = segments.map((segment) => {
    if (typeof segment === 'number') return `[${segment}]`;
    return SHORTHAND.test(segment) ? `.${segment}` : `['${escaped(segment)}']`;
  });
  return `$${parts.join('')}`;
}

function escaped(name: string): string {
  const json = JSON.stringify(name).slice(1, -1);
  return json.replaceAll('\\"', '"').replaceAll("'", "\\'");
}
