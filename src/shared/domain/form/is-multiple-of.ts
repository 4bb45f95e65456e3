/**
 * Whether a number is a whole multiple of a unit, as both are written in decimals: 0.3 is one of 0.1, though the binary
 * numbers divide to 2.9999999999999996.
 */
export function isMultipleOf(value: number, unit: number): boolean {
  if (!Number.isFinite(value)) return false;
  const a = toDecimal(value);
  const b = toDecimal(unit);
  const exponent = Math.min(a.exponent, b.exponent);
  const scale = ({ digits, exponent: own }: Decimal) => digits * 10n ** BigInt(own - exponent);
  return scale(a) % scale(b) === 0n;
}

/** digits × 10^exponent. */
interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

/** The shortest decimal number that is read back as the same one. */
function toDecimal(value: number): Decimal {
  const [mantissa = '', exponent] = value.toExponential().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return { digits: BigInt(whole + fraction), exponent: Number(exponent) - fraction.length };
}
