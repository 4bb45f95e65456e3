import { expect, test } from 'vitest';
import {
  normalisePassphrase,
  RECOVERY_BYTES,
  toRecoveryPhrase,
} from '../../../src/shared/domain/recovery-phrase.ts';

const phrase = toRecoveryPhrase(Uint8Array.from({ length: RECOVERY_BYTES }, (_, at) => at));

test('a phrase is five groups of five, each byte a character of 5 bits', () => {
  expect(phrase).toBe('01234-56789-ABCDE-FGHJK-MNPQR');
  expect(toRecoveryPhrase(new Uint8Array(RECOVERY_BYTES).fill(255))).toBe(
    'ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ',
  );
});

test.each([
  phrase.toLowerCase(),
  phrase.replaceAll('-', ''),
  ` ${phrase.replaceAll('-', ' ')} `,
  phrase.replace('0', 'O').replace('1', 'l'),
])('%j is the same phrase', (typed) => {
  expect(normalisePassphrase(typed)).toBe(phrase);
});

test.each(['correct horse', 'UUUUU-UUUUU-UUUUU-UUUUU-UUUUU', phrase.slice(1), `${phrase}-0`])(
  '%j is a passphrase of its own, and stays as it is',
  (typed) => {
    expect(normalisePassphrase(typed)).toBe(typed);
  },
);
