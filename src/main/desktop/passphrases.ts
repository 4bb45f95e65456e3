import { closeSync, openSync, readSync } from 'node:fs';
import { createSecrets } from './secrets.ts';

const secrets = createSecrets('passphrases.json');
const SALT_BYTES = 16;

/**
 * Passphrases of projects that this computer was asked to remember. A file is known by the random salt that an encrypted
 * one begins with, so that it may be moved and renamed.
 */
export const passphrases = {
  remember(path: string, passphrase: string): void {
    secrets.save(saltOf(path), passphrase);
  },
  of(path: string): string | undefined {
    try {
      return secrets.read(saltOf(path));
    } catch {
      // A file that is missing or can't be read is told by whoever opens it.
      return undefined;
    }
  },
};

function saltOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const salt = Buffer.alloc(SALT_BYTES);
    readSync(file, salt, 0, SALT_BYTES, 0);
    return salt.toString('hex');
  } finally {
    closeSync(file);
  }
}
