import type { SlotType } from './form.ts';

/** What a text of a kind looks like, and one that says nothing. */
interface TextFormat {
  readonly pattern: string;
  readonly neutral: string;
}

const leapYear = '(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)';
const dayOfMonth = [
  '(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])',
  '(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)',
  '02-(?:0[1-9]|1[0-9]|2[0-8])',
].join('|');
const day = `(?:[0-9]{4}-(?:${dayOfMonth})|${leapYear}-02-29)`;
const hour = '(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\\.[0-9]+)?)?';
const offset = '(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])?';
const hostLabel = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?';
const byte = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';
const inPath = "(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})*";
const webAddress: TextFormat = {
  pattern: `^https?://(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\\.)+[A-Za-z]{2,}(?::[0-9]{2,5})?(?:/${inPath}(?:\\?${inPath})?(?:#${inPath})?)?$`,
  neutral: 'https://example.invalid',
};

/** Of the types that are texts with a form; the times of people may do without seconds and offset. */
export const typeFormats: Readonly<Partial<Record<SlotType, TextFormat>>> = {
  date: { pattern: `^${day}$`, neutral: '0001-01-01' },
  time: { pattern: `^${hour}${offset}$`, neutral: '00:00:00' },
  'date-time': { pattern: `^${day}[Tt ]${hour}${offset}$`, neutral: '0001-01-01T00:00:00Z' },
};

/**
 * Of the formats of JSON Schema that are read as plain texts. Each pattern lets through only what the format does, and
 * means the same in JavaScript and Python.
 */
export const textFormats: Readonly<Record<string, TextFormat | undefined>> = {
  email: {
    pattern: `^[A-Za-z0-9!#$%&'*+/=?^_\`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_\`{|}~-]+)*@(?:${hostLabel}\\.)+${hostLabel}$`,
    neutral: 'nobody@example.invalid',
  },
  hostname: { pattern: `^${hostLabel}(?:\\.${hostLabel}){0,6}$`, neutral: 'example.invalid' },
  ipv4: { pattern: `^${byte}(?:\\.${byte}){3}$`, neutral: '0.0.0.0' },
  uri: webAddress,
  url: webAddress,
  uuid: {
    pattern: '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
    neutral: '00000000-0000-0000-0000-000000000000',
  },
};

/** Formats of texts that the validator knows and the programs of a folder do not. */
export const foreignFormats: ReadonlySet<string> = new Set([
  'iso-time',
  'iso-date-time',
  'duration',
  'uri-reference',
  'uri-template',
  'ipv6',
  'regex',
  'json-pointer',
  'json-pointer-uri-fragment',
  'relative-json-pointer',
  'byte',
]);
