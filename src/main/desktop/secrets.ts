import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { writeFileAtomic } from '../lib/files.ts';

const schema = z.record(z.string(), z.string());

/** Why secrets cannot be kept here; null when they can. */
export function whyUnsafe(): string | null {
  const isPlain =
    process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (!isPlain && safeStorage.isEncryptionAvailable()) return null;
  return 'This system has no keychain that Stillroom can use, so a key would stand in a file that others can read. Enter it each time, or set up a keychain such as GNOME Keyring or KWallet.';
}

/** Secrets by name in one file, each encrypted by the system's keychain; where there is none, nothing is ever written. */
export function createSecrets(fileName: string) {
  const path = () => join(app.getPath('userData'), fileName);

  function read(): Record<string, string> {
    try {
      return schema.parse(JSON.parse(readFileSync(path(), 'utf8')));
    } catch {
      return {};
    }
  }

  return {
    names: () => Object.keys(read()),
    /** @throws AppError `gate.refused` where it would be kept in readable form */
    save(name: string, secret: string): void {
      const reason = whyUnsafe();
      if (reason !== null) throw new AppError('gate.refused', `It was not kept. ${reason}`);
      const encrypted = safeStorage.encryptString(secret).toString('base64');
      writeFileAtomic(path(), JSON.stringify({ ...read(), [name]: encrypted }));
    },
    forget(name: string): void {
      const { [name]: _, ...rest } = read();
      writeFileAtomic(path(), JSON.stringify(rest));
    },
    /** Undefined when there is none, or the keychain does not open it any more. */
    read(name: string): string | undefined {
      const stored = read()[name];
      if (stored === undefined || whyUnsafe() !== null) return undefined;
      try {
        return safeStorage.decryptString(Buffer.from(stored, 'base64'));
      } catch {
        return undefined;
      }
    },
  };
}
