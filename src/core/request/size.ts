const UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** Bytes of `0`, `512`, `10kB`, `5MB`, `1.5GB`, `64KiB`; `undefined` for anything else, and for parts of a byte. */
export function parseSize(text: string): number | undefined {
  const found = /^(\d{1,15}(?:\.\d{1,9})?)([a-zA-Z]{0,3})$/.exec(text);
  if (!found) return undefined;
  const [, number = '', unit = ''] = found;
  const factor = unit === '' ? 1 : Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
  const bytes = factor === undefined ? NaN : Math.round(Number(number) * factor * 1e6) / 1e6;
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
