const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Milliseconds of `250ms`, `30s`, `2m`, `1h`; `undefined` for anything else, and beyond a year. */
export function parseDuration(text: string): number | undefined {
  const found = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h)$/.exec(text);
  const unit = UNITS[found?.[2] ?? ''];
  if (!found || unit === undefined) return undefined;
  const milliseconds = Number(found[1]) * unit;
  return milliseconds <= 31_536_000_000 ? milliseconds : undefined;
}
