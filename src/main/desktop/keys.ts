import type { KeyStorage } from '../../shared/contract/desktop.ts';
import { createSecrets, whyUnsafe } from './secrets.ts';

const secrets = createSecrets('keys.json');

/** Teachers' API keys; no window is ever told one, they are put into calls by this process. */
export const keys = {
  ...secrets,
  storage(): KeyStorage {
    const reason = whyUnsafe();
    return { isSafe: reason === null, reason, names: secrets.names() };
  },
};
