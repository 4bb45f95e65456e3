import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, safeStorage } from 'electron';
import { z } from 'zod';
import type { KeyStorage } from '../../shared/contract/desktop.ts';
import { AppError } from '../../shared/errors.ts';
import { writeFileAtomic } from '../lib/files.ts';

const schema = z.record(z.string(), z.string());
const path = () => join(app.getPath('userData'), 'keys.json');

/** API keys, each encrypted by the system's keychain; where there is none, nothing is ever written. */
export function keyStorage(): KeyStorage {
  const reason = refusal();
  return { isSafe: reason === null, reason, names: Object.keys(read()) };
}

/** @throws AppError `gate.refused` where keys would be kept in readable form */
export function saveKey(name: string, key: string): void {
  const reason = refusal();
  if (reason !== null) throw new AppError('gate.refused', `The key was not kept. ${reason}`);
  write({ ...read(), [name]: safeStorage.encryptString(key).toString('base64') });
}

export function forgetKey(name: string): void {
  const { [name]: _, ...rest } = read();
  write(rest);
}

/** A kept key, for a call that this process makes for a window; no window is ever told it. */
export function readKey(name: string): string | undefined {
  const stored = read()[name];
  return stored === undefined || refusal() !== null
    ? undefined
    : safeStorage.decryptString(Buffer.from(stored, 'base64'));
}

/** Why keys cannot be kept here; null when they can. */
function refusal(): string | null {
  const isPlain =
    process.platform === 'linux' && safeStorage.getSelectedStorageBackend() === 'basic_text';
  if (!isPlain && safeStorage.isEncryptionAvailable()) return null;
  return 'This system has no keychain that Stillroom can use, so a key would stand in a file that others can read. Enter it each time, or set up a keychain such as GNOME Keyring or KWallet.';
}

function read(): Record<string, string> {
  try {
    return schema.parse(JSON.parse(readFileSync(path(), 'utf8')));
  } catch {
    return {};
  }
}

function write(keys: Record<string, string>): void {
  writeFileAtomic(path(), JSON.stringify(keys));
}
