const SECOND = 1000;
const MINUTE = 60 * SECOND;
const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

const formats = new Map<string, Intl.NumberFormat>();

/**
 * A number as people read it.
 * @param language BCP 47; `undefined`: that of the system
 * @param mostDigits after the decimal point
 */
export function numberText(language: string | undefined, value: number, mostDigits = 0, leastDigits = 0): string {
  const key = `${language ?? ''} ${mostDigits} ${leastDigits}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(language, { maximumFractionDigits: mostDigits, minimumFractionDigits: leastDigits });
    formats.set(key, format);
  }
  return format.format(value);
}

/** `8.3 ms`, `620 ms`, `1.24 s`, `2 min 5 s`: the same wherever a time that was measured is shown. */
export function durationText(language: string | undefined, milliseconds: number): string {
  if (milliseconds < 9.95) return `${numberText(language, milliseconds, 1)} ms`;
  if (milliseconds < 999.5) return `${numberText(language, milliseconds)} ms`;
  if (milliseconds < MINUTE) return `${numberText(language, milliseconds / SECOND, 2)} s`;
  const minutes = Math.floor(milliseconds / MINUTE);
  return `${numberText(language, minutes)} min ${Math.floor((milliseconds % MINUTE) / SECOND)} s`;
}

/** Bytes in units of a thousand: `512 B`, `2.1 kB`, `14 MB`. */
export function sizeText(language: string | undefined, bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < SIZE_UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${numberText(language, value, unit > 0 && value < 9.95 ? 1 : 0)} ${SIZE_UNITS[unit] ?? ''}`;
}
