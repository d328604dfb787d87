/** Whether a number is a multiple of another, by the shortest decimals that stand for both. */
export function isMultipleOf(value: number, divisor: unknown): boolean {
  if (typeof divisor !== 'number' || !Number.isFinite(value) || !Number.isFinite(divisor) || divisor <= 0) return false;
  const [digits, exponent] = decimalOf(value);
  const [divisorDigits, divisorExponent] = decimalOf(divisor);
  const difference = exponent - divisorExponent;
  const scaled = difference >= 0 ? digits * 10n ** BigInt(difference) : digits;
  const divisorScaled = difference >= 0 ? divisorDigits : divisorDigits * 10n ** BigInt(-difference);
  return scaled % divisorScaled === 0n;
}

/** Digits times ten to an exponent. */
function decimalOf(value: number): readonly [digits: bigint, exponent: number] {
  const [coefficient = '0', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '0', fraction = ''] = coefficient.split('.');
  return [BigInt(whole + fraction), Number(exponent) - fraction.length];
}
