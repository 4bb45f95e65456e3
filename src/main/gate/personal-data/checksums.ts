/** Luhn: from the right every second digit doubled (minus 9 above 9), the sum divisible by 10. @see ISO/IEC 7812-1 */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** Sum of digits times weights, modulo. */
export function weightedMod(digits: string, weights: readonly number[], modulus: number): number {
  let sum = 0;
  weights.forEach((weight, i) => {
    sum += weight * Number(digits[i]);
  });
  return sum % modulus;
}

/** ISO 7064 MOD 11,10: the last digit checks those before it. */
export function isMod1110(digits: string): boolean {
  let product = 10;
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (2 * sum) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

const dihedral = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const permutation = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's check over the dihedral group D5. */
export function isVerhoeff(digits: string): boolean {
  let check = 0;
  [...digits].reverse().forEach((digit, i) => {
    check = Number(dihedral[check]![Number(permutation[i % 8]![Number(digit)])]);
  });
  return check === 0;
}

/** EAN-13: weights 1 and 3 in turn. */
export function isEan13(digits: string): boolean {
  return weightedMod(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1], 10) === 0;
}
