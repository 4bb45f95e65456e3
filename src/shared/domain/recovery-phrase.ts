/** Crockford's base 32: no letter that is taken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 25;
const GROUP = 5;

/** Random bytes that a phrase is made of; 25 characters of 5 bits. */
export const RECOVERY_BYTES = LENGTH;

/**
 * A passphrase that nobody has to think up, such as `7K3QM-2VX8B-...`: 125 random bits in groups that can be written
 * down and read out. `bytes` are random.
 */
export function toRecoveryPhrase(bytes: Uint8Array): string {
  const characters = Array.from(bytes.subarray(0, LENGTH), (byte) => alphabet[byte % 32]).join('');
  return groups(characters);
}

/** A recovery phrase however it was typed: small letters, without its dashes, O for 0. Another passphrase as it is. */
export function normalisePassphrase(text: string): string {
  const characters = text
    .toUpperCase()
    .replaceAll(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const isPhrase = characters.length === LENGTH && [...characters].every(isKnown);
  return isPhrase ? groups(characters) : text;
}

const isKnown = (character: string) => alphabet.includes(character);

function groups(characters: string): string {
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}
