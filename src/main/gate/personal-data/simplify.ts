const spaces = /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g;
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g;
const fullWidth = /[\uff01-\uff5e]/g;
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g;
const digitZeros = [0x0660, 0x06f0, 0x0966];

/** Writes unusual spaces, dashes, full-width and non-Latin digits as ASCII; every index stays where it was. */
export function simplify(text: string): string {
  return text
    .replace(spaces, ' ')
    .replace(dashes, '-')
    .replace(fullWidth, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(otherDigits, (char) => {
      const code = char.charCodeAt(0);
      const zero = digitZeros.find((start) => code >= start && code < start + 10) ?? code;
      return String(code - zero);
    });
}
