import { isIPv6 } from 'node:net';
import { hasCueBefore } from './cues.ts';
import { type Detector, matchSpans } from './finding.ts';

const ipv4 =
  /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g;
const ipv6 = /(?<![\w:.])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?![\w:])/gi;
const versionCue = /(?:\b(?:version|ver|v|release|firmware|build|section|chapter|update)\.?\s*)$/i;

/** Internet addresses, except this computer's own and version numbers. */
export const ip: Detector = {
  kind: 'ip',
  find: (text) => [
    ...matchSpans(text, ipv4, (value, start) =>
      /^(?:0|127|255)\./.test(value) || hasCueBefore(text, start, versionCue, 20) ? 0 : 0.95,
    ),
    ...matchSpans(text, ipv6, (value) =>
      isIPv6(value) && /[0-9a-f]/i.test(value) && value.length > 6 && value !== '::1' ? 0.95 : 0,
    ),
  ],
};

const withUser = /\b[a-z][a-z0-9+.-]{1,15}:\/\/[^\s/@:]{1,100}:[^\s/@]{1,100}@[^\s"'<>]{1,300}/gi;
const withSecret =
  /\bhttps?:\/\/[^\s"'<>?]{1,300}\?[^\s"'<>]{0,300}?\b(?:access_token|api_?key|token|secret|password|passwd|pwd|sig|signature|session(?:_?id)?)=[^\s"'<>&]{4,300}[^\s"'<>]{0,300}/gi;

/** Addresses with a password or a token in them. */
export const url: Detector = {
  kind: 'url',
  find: (text) => [
    ...matchSpans(text, withUser, () => 0.99),
    ...matchSpans(text, withSecret, () => 0.9),
  ],
};
