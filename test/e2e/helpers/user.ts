import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { type Appearance, dress, large, small } from './appearance.ts';
import type { Hands } from './hands.ts';
import type { RunningApp } from './launch.ts';
import { artefacts, photograph } from './photograph.ts';

type Role = Parameters<Page['getByRole']>[0];
type Name = string | RegExp;

/** What a task took. A field filled counts as one action; a look at the screen as none. */
export interface Tally {
  readonly actions: readonly string[];
  readonly seconds: number;
}

/**
 * A person in front of the window, who acts on what has a name there. Each action is counted and photographed as
 * `NN-step.png`.
 */
export interface User {
  readonly page: Page;
  readonly hands: Hands['name'];
  /** Begins to count for a task. */
  begin(task: string): void;
  end(): Tally;
  press(role: Role, name: Name): Promise<void>;
  /** One of several of that name, within a named part of the window. */
  pressWithin(part: Locator, role: Role, name: Name): Promise<void>;
  fill(label: Name, text: string): Promise<void>;
  choose(label: Name, option: string): Promise<void>;
  /** Selects a record of a table by its id. */
  tickRow(id: string): Promise<void>;
  /** To a stage or another screen: by the rail, or by its key. */
  go(screen: string): Promise<void>;
  /** A key, or several at once, such as `Control+Z`; for what is done by key whatever the hands. */
  key(keys: string): Promise<void>;
  /** Light and dark, small and large: four pictures of what is there now. */
  milestone(name: string): Promise<void>;
}

/** What is not there by then, a person would miss. Jobs are waited for with a time of their own. */
const PATIENCE_MS = 20_000;

const screenKeys: Readonly<Record<string, string>> = {
  Overview: 'Alt+Home',
  Ledger: 'Control+L',
  Collect: 'Control+1',
  Teach: 'Control+2',
  Curate: 'Control+3',
  Augment: 'Control+4',
  Review: 'Control+5',
  Train: 'Control+6',
  Evaluate: 'Control+7',
  Route: 'Control+8',
  Export: 'Control+9',
};

export async function createUser(
  { app, page }: Pick<RunningApp, 'app' | 'page'>,
  hands: Hands,
  appearance: Appearance,
): Promise<User> {
  page.setDefaultTimeout(PATIENCE_MS);
  await dress(app, page, appearance);
  let task = 'start';
  let actions: string[] = [];
  let startedAtMs = performance.now();
  const journey = () => {
    const { theme, width, height } = appearance;
    return join(`${hands.name}-${theme}-${width}x${height}`, task);
  };
  /** An open dialog hides what is behind it. */
  const front = async (): Promise<Page | Locator> => {
    const dialog = page.getByRole('dialog');
    return (await dialog.count()) > 0 ? dialog.last() : page;
  };
  const named = (part: Page | Locator, role: Role, name: Name) =>
    part.getByRole(role, { name, exact: typeof name === 'string' });
  const act = async (words: string, doing: () => Promise<void>) => {
    try {
      await doing();
    } catch (error) {
      await photograph(page, journey(), `failed-${actions.length + 1}`);
      throw error;
    }
    actions.push(words);
    const number = String(actions.length).padStart(2, '0');
    const step = words.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
    await photograph(page, journey(), `${number}-${step.slice(0, 50)}`);
  };

  return {
    page,
    hands: hands.name,
    begin(name) {
      task = name;
      actions = [];
      startedAtMs = performance.now();
    },
    end() {
      const tally = { actions, seconds: (performance.now() - startedAtMs) / 1000 };
      writeFileSync(join(artefacts, journey(), 'tally.json'), JSON.stringify(tally, null, 2));
      return tally;
    },
    press: (role, name) =>
      act(`press ${name}`, async () => hands.press(named(await front(), role, name))),
    pressWithin: (part, role, name) =>
      act(`press ${name}`, () => hands.press(named(part, role, name))),
    fill: (label, text) =>
      act(`fill ${label}`, async () => {
        const part = await front();
        // A field for a date has no role.
        const field = named(part, 'textbox', label).or(part.getByLabel(label, { exact: true }));
        await hands.fill(field.first(), text);
      }),
    choose: (label, option) =>
      act(`choose ${label} ${option}`, async () =>
        hands.choose(named(await front(), 'combobox', label), option),
      ),
    tickRow: (id) => act(`select ${id}`, () => hands.tick(page.getByRole('grid'), `Select ${id}`)),
    async go(screen) {
      const keys = screenKeys[screen];
      const rail = page.getByRole('navigation', { name: 'Stages' });
      const link = rail.getByRole('link', { name: new RegExp(`^(\\d )?${screen}`) });
      const isByKey = hands.name === 'keyboard' && keys;
      await act(`go to ${screen}`, () => (isByKey ? page.keyboard.press(keys) : hands.press(link)));
      await page.getByRole('heading', { level: 1, name: new RegExp(screen) }).waitFor();
    },
    key: (keys) => act(`key ${keys}`, () => page.keyboard.press(keys)),
    async milestone(name) {
      // By keyboard it looks the same.
      if (hands.name === 'keyboard') return photograph(page, journey(), name);
      for (const theme of ['light', 'dark'] as const)
        for (const size of [small, large]) {
          await dress(app, page, { theme, ...size });
          await photograph(page, journey(), `${name}-${theme}-${size.width}`);
        }
      await dress(app, page, appearance);
    },
  };
}
