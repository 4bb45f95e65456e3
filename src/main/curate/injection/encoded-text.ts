/** Something encoded, and what it says. Units: UTF-16 units of the text, `end` exclusive. */
export interface Decoded {
  readonly text: string;
  /** How surely it was encoded on purpose. */
  readonly weight: number;
  readonly start: number;
  readonly end: number;
}

interface Encoding {
  readonly weight: number;
  readonly pattern: RegExp;
  decode(run: string): string;
}

const bytes = (run: string, format: BufferEncoding) => Buffer.from(run, format).toString('utf8');

const morse: Readonly<Record<string, string>> = Object.fromEntries(
  '.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...- .-- -..- -.-- --..'
    .split(' ')
    .map((code, i) => [code, String.fromCharCode(97 + i)]),
);

const encodings: readonly Encoding[] = [
  {
    weight: 0.6,
    pattern: /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{20,}={0,2}(?![A-Za-z0-9+/=])/g,
    decode: (run) => bytes(run, 'base64'),
  },
  {
    weight: 0.6,
    pattern: /(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[ :]?){10,}(?![0-9a-fA-F])/g,
    decode: (run) => bytes(run.replace(/[ :]/g, ''), 'hex'),
  },
  {
    weight: 0.6,
    pattern: /(?:\\x[0-9a-fA-F]{2}){5,}/g,
    decode: (run) => bytes(run.replaceAll('\\x', ''), 'hex'),
  },
  // Web addresses and pages write other scripts so.
  {
    weight: 0.25,
    pattern: /(?:%[0-9a-fA-F]{2}){5,}/g,
    decode: (run) => bytes(run.replaceAll('%', ''), 'hex'),
  },
  {
    weight: 0.25,
    pattern: /(?:\\u[0-9a-fA-F]{4}){5,}|(?:&#x?[0-9a-fA-F]{1,5};){5,}/g,
    decode: (run) =>
      run
        .replace(/\\u([0-9a-fA-F]{4})/g, (_, code) =>
          String.fromCharCode(Number.parseInt(code, 16)),
        )
        .replace(/&#x([0-9a-fA-F]+);/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))
        .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  },
  {
    weight: 0.6,
    pattern: /(?<![01])(?:[01]{8}[ ,]?){5,}(?![01])/g,
    decode: (run) =>
      Buffer.from(run.match(/[01]{8}/g)!.map((byte) => Number.parseInt(byte, 2))).toString('utf8'),
  },
  {
    weight: 0.6,
    pattern: /(?<![.\w-])(?:[.-]{1,6}(?:\s+\/?\s*|$|(?=[^\w.-]))){8,}/g,
    decode: (run) =>
      run
        .split('/')
        .map((word) =>
          word
            .trim()
            .split(/\s+/)
            .map((code) => morse[code] ?? '')
            .join(''),
        )
        .join(' '),
  },
];

/** What an encoding can look like at all. */
const mayEncode =
  /[A-Za-z0-9+/]{20}|(?:[0-9a-fA-F]{2}[ :]){9}|(?:\\[xu]|%|&#)[0-9a-fA-F]|[01]{8}|[.-] [.-]/;

/** Stretches of a text that are words in another encoding: base64, hexadecimal, binary, Morse, escapes. */
export function findEncoded(text: string): Decoded[] {
  if (!mayEncode.test(text)) return [];
  return encodings.flatMap(({ weight, pattern, decode }) =>
    Array.from(text.matchAll(pattern), ({ 0: run, index }) => ({
      text: decode(run),
      weight,
      start: index,
      end: index + run.length,
    })).filter((decoded) => isProse(decoded.text)),
  );
}

/** A number or a name decodes to noise; words are letters and spaces. */
function isProse(text: string): boolean {
  const letters = text.match(/[\p{L} ]/gu)?.length ?? 0;
  return text.length >= 8 && letters >= 0.85 * text.length && /\p{L}{3}/u.test(text);
}
