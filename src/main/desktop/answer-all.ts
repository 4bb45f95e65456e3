import { z } from 'zod';
import { desktopMethods } from '../../shared/contract/desktop.ts';
import { methods } from '../../shared/contract/index.ts';
import type { Result } from '../../shared/contract/result.ts';
import { answerDesktop } from './desktop-methods.ts';
import type { CallHandler } from './door.ts';
import type { EngineClient } from './engine-client.ts';
import { keys } from './keys.ts';
import type { createLocks } from './locks.ts';
import { log } from './log.ts';
import { passphrases } from './passphrases.ts';

/** What a locked window may still ask: about itself, and to be unlocked. */
const whileLocked: ReadonlySet<string> = new Set([
  'desktop.info',
  'desktop.settings',
  'desktop.theme',
  'desktop.unlock',
]);

/** An opening without a passphrase of its own. */
const openingSchema = z.strictObject({ path: z.string() });

const locked: Result<never> = {
  ok: false,
  error: { code: 'app.locked', message: 'The window is locked. Unlock it first.', details: {} },
};

/** Answers a window's calls: the desktop's own here, the others in the engine. */
export function answerAll(
  engine: EngineClient,
  locks: ReturnType<typeof createLocks>,
): CallHandler {
  return async (window, method, input) => {
    if (locks.of(window.id) && !whileLocked.has(method)) return locked;
    const result = method.startsWith('desktop.')
      ? await answerDesktop({ window, engine, locks }, method, input)
      : await engine.call(window.id, method, withPassphrase(method, withKey(input)));
    if (!result.ok) log({ event: 'call-failed', method: known(method), code: result.error.code });
    return result;
  };
}

/** Puts a kept key in where a call names one, so that no window ever holds it. */
function withKey(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('keyName' in input)) return input;
  const apiKey = typeof input.keyName === 'string' ? keys.read(input.keyName) : undefined;
  return apiKey === undefined ? input : { ...input, apiKey };
}

/** Opens an encrypted project with the passphrase that this computer was asked to remember. */
function withPassphrase(method: string, input: unknown): unknown {
  const opening = method === 'project.open' ? openingSchema.safeParse(input) : undefined;
  const kept = opening?.success ? passphrases.of(opening.data.path) : undefined;
  return kept === undefined ? input : { ...opening?.data, passphrase: kept };
}

/** A page may ask for anything; the log names only what exists. */
const known = (method: string): string =>
  Object.hasOwn(methods, method) || Object.hasOwn(desktopMethods, method) ? method : 'unknown';
