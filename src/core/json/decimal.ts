/** A decimal number: `0.digits` times ten to the `exponent`; zero has no digits. */
interface Decimal {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: bigint;
}

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a text is a number by the grammar of JSON, give or take leading zeros. */
export function isDecimal(text: string): boolean {
  return NUMBER.test(text);
}

/**
 * Compares two numbers by what they are worth, however they are written and however many digits they have. Negative:
 * the first is less; 0: they are the same; `undefined`: one of them is no number.
 */
export function compareDecimals(a: string, b: string): number | undefined {
  if (a === b && isDecimal(a)) return 0;
  const first = readDecimal(a);
  const second = readDecimal(b);
  if (!first || !second) return undefined;
  if (first.negative !== second.negative) return first.negative ? -1 : 1;
  const order = compareSizes(first, second);
  return first.negative ? -order : order;
}

/** One text for all ways to write the same number; a text that is no number is itself. */
export function canonicalDecimal(literal: string): string {
  const decimal = readDecimal(literal);
  if (!decimal) return literal;
  return `${decimal.negative ? '-' : ''}${decimal.digits}e${decimal.exponent}`;
}

/** Whether a number has no fraction: `1`, `1.0` and `1e3` have none. */
export function isWhole(literal: string): boolean {
  const decimal = readDecimal(literal);
  return decimal !== undefined && BigInt(decimal.digits.length) <= decimal.exponent;
}

function compareSizes(a: Decimal, b: Decimal): number {
  if (a.digits === '' || b.digits === '') return a.digits.length - b.digits.length;
  if (a.exponent !== b.exponent) return a.exponent < b.exponent ? -1 : 1;
  if (a.digits === b.digits) return 0;
  // Digits are left-aligned, so the order of texts is the order of numbers.
  return a.digits < b.digits ? -1 : 1;
}

/** Exponents of more digits are the same to everybody: far too big, or far too small. */
const LONGEST_EXPONENT = 100;

function readDecimal(text: string): Decimal | undefined {
  const found = NUMBER.exec(text);
  if (!found) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = found;
  const all = whole + fraction;
  let first = 0;
  while (all.charCodeAt(first) === 48) first++;
  let last = all.length;
  while (last > first && all.charCodeAt(last - 1) === 48) last--;
  const digits = all.slice(first, last);
  // Minus zero is zero.
  if (digits === '') return { negative: false, digits, exponent: 0n };
  const exponent = BigInt(power.slice(0, LONGEST_EXPONENT).replace(/^\+/, '')) + BigInt(whole.length - first);
  return { negative: sign === '-', digits, exponent };
}
