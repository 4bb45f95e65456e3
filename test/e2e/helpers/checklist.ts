import type { Facts } from './facts.ts';

/** One item of Electron's checklist: what must be so. @see https://www.electronjs.org/docs/latest/tutorial/security */
export interface Item {
  readonly id: string;
  isKept(facts: Facts): boolean;
}

const preference = (name: string, wanted: boolean): Item => ({
  id: name,
  // A preference that is not set has the safe value for these, except where true is wanted.
  isKept: ({ preferences }) => (preferences[name] ?? false) === wanted,
});

const directive = (id: string, name: string, wanted: string): Item => ({
  id,
  isKept: ({ headers }) => policyOf(headers)[name] === wanted,
});

const refused = (name: string): Item => ({
  id: `message from ${name}`,
  isKept: ({ answers }) => answers[name] === false,
});

/** All that is asserted of the running app. */
export const checklist: readonly Item[] = [
  preference('sandbox', true),
  preference('contextIsolation', true),
  preference('nodeIntegration', false),
  preference('nodeIntegrationInWorker', false),
  preference('nodeIntegrationInSubFrames', false),
  preference('webSecurity', true),
  preference('allowRunningInsecureContent', false),
  preference('experimentalFeatures', false),
  preference('webviewTag', false),
  preference('navigateOnDragDrop', false),
  preference('spellcheck', false),
  { id: 'no Blink features', isKept: ({ preferences }) => !preferences.enableBlinkFeatures },
  directive('default policy', 'default-src', "'none'"),
  directive('scripts', 'script-src', "'self'"),
  directive('connections', 'connect-src', "'none'"),
  directive('plug-ins', 'object-src', "'none'"),
  directive('base address', 'base-uri', "'none'"),
  directive('forms', 'form-action', "'none'"),
  directive('framing', 'frame-ancestors', "'none'"),
  {
    id: 'no remote source',
    isKept: ({ headers }) =>
      Object.values(policyOf(headers)).every((sources) => !/\*|https?:|wss?:|blob:/.test(sources)),
  },
  { id: 'no sniffing', isKept: ({ headers }) => headers['x-content-type-options'] === 'nosniff' },
  {
    id: 'permissions',
    isKept: ({ permissions }) => Object.values(permissions).every((state) => state === 'denied'),
  },
  { id: 'no Node in the page', isKept: ({ page }) => page.globals.length === 0 },
  { id: 'bridge frozen', isKept: ({ page }) => page.isBridgeFrozen },
  {
    id: 'bridge does not grow',
    isKept: ({ page }) => page.bridgeKeys.join() === 'call,pathOf,subscribe',
  },
  { id: 'nothing fetched', isKept: ({ page }) => page.fetched.length === 0 },
  { id: 'no code from text', isKept: ({ page }) => !page.canEval },
  { id: 'no new windows', isKept: ({ page }) => page.openedWindows === 0 },
  {
    id: 'no navigation',
    isKept: ({ page }) => page.urlAfterNavigation.startsWith('app://stillroom/'),
  },
  { id: 'spell checker', isKept: ({ isSpellChecking }) => !isSpellChecking },
  {
    id: 'requests filtered',
    isKept: ({ foreignRequest }) => foreignRequest.includes('ERR_BLOCKED_BY_CLIENT'),
  },
  { id: 'no connection', isKept: ({ reached }) => reached.connections === 0 },
  { id: 'no packet from a page', isKept: ({ reached }) => reached.packets === 0 },
  { id: 'own page answered', isKept: ({ answers }) => answers.own === true },
  ...['foreign', 'lookalike', 'child', 'gone', 'malformed', 'extra'].map(refused),
  { id: 'page served', isKept: ({ served }) => served.page === 200 },
  {
    id: 'only own files',
    isKept: ({ served }) =>
      [served.traversal, served.otherHost, served.otherType].every((status) => status === 404),
  },
  {
    id: 'Chromium silent',
    isKept: ({ switches }) => Object.values(switches).every((isSet) => isSet),
  },
];

/** The items that do not hold. */
export function judge(facts: Facts): string[] {
  return checklist.filter((item) => !item.isKept(facts)).map(({ id }) => id);
}

function policyOf(headers: Facts['headers']): Record<string, string> {
  const policy = headers['content-security-policy'] ?? '';
  return Object.fromEntries(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/);
      return [name, sources.join(' ')];
    }),
  );
}
