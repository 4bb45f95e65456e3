import type { Locator } from 'playwright-core';

/** A way to work a window. Each act takes a control that its caller found by name. */
export interface Hands {
  readonly name: 'mouse' | 'keyboard';
  /** A button, link, tab, radio button, checkbox or option. */
  press(target: Locator): Promise<void>;
  fill(field: Locator, text: string): Promise<void>;
  /** An entry of a list that opens. */
  choose(field: Locator, option: string): Promise<void>;
  /** Selects a row of a grid by the name of its box. */
  tick(grid: Locator, box: string): Promise<void>;
}

const optionOf = (field: Locator, option: string) =>
  field.page().getByRole('option', { name: option, exact: true });

/** Points and clicks; types only into fields. */
export const mouse: Hands = {
  name: 'mouse',
  async press(target) {
    await target.waitFor({ state: 'attached' });
    if (await target.isVisible()) return target.click();
    // The segments of a control are labels of radio buttons that are not drawn.
    const label = await target.evaluateHandle((input) => (input as HTMLInputElement).labels?.[0]);
    await label.asElement()?.click();
  },
  fill: (field, text) => field.fill(text),
  async choose(field, option) {
    await field.click();
    await optionOf(field, option).click();
  },
  tick: (grid, box) => grid.getByRole('checkbox', { name: box, exact: true }).click(),
};

/** Never points: goes to a control by F6, Tab and the arrows, as a person without a mouse does. */
export const keyboard: Hands = {
  name: 'keyboard',
  async press(target) {
    const role = await roleOf(target);
    await reach(target, role);
    // Arrows choose as they go, but for cards.
    if (role === 'tab' || (role === 'radio' && (await target.isChecked()))) return;
    if (role === 'radio') return target.page().keyboard.press('Space');
    await target
      .page()
      .keyboard.press(role === 'checkbox' || role === 'switch' ? 'Space' : 'Enter');
  },
  async fill(field, text) {
    const { keyboard: keys } = field.page();
    await reach(field, 'textbox');
    if ((await field.getAttribute('type')) === 'date') {
      const [year, month, day] = text.split('-');
      return keys.type(`${month}${day}${year}`);
    }
    await keys.press('Control+A');
    if (text === '') await keys.press('Delete');
    else await keys.insertText(text);
  },
  async choose(field, option) {
    const { keyboard: keys } = field.page();
    await reach(field, 'combobox');
    const wanted = optionOf(field, option);
    for (let step = 0; step < MOST_STEPS; step++) {
      await keys.press('ArrowDown');
      if ((await wanted.count()) > 0 && (await wanted.getAttribute('data-combobox-selected')))
        break;
    }
    await keys.press('Enter');
  },
  async tick(grid, box) {
    const { keyboard: keys } = grid.page();
    await reach(grid, 'grid');
    const isCurrent = () =>
      grid.evaluate((element, name) => {
        const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
        return row?.querySelector(`[aria-label="${name}"]`) !== null;
      }, box);
    for (let step = 0; step < MOST_STEPS && !(await isCurrent()); step++)
      await keys.press(step === 0 ? 'Home' : 'ArrowDown');
    await keys.press('Space');
  },
};

/** A person would give up long before. */
const MOST_STEPS = 120;
const REGIONS = 6;

async function roleOf(target: Locator): Promise<string> {
  await target.waitFor({ state: 'attached' });
  return target.evaluate((element) => {
    const { type } = element as HTMLInputElement;
    return element.getAttribute('role') ?? (element.tagName === 'INPUT' ? type : 'button');
  });
}

const hasFocus = (target: Locator) =>
  target.evaluate((element) => element === document.activeElement);

/** F6 to the part of the window that holds the control, then Tab; arrows within groups of radio buttons and tabs. */
async function reach(target: Locator, role: string): Promise<void> {
  const { keyboard: keys } = target.page();
  await target.waitFor({ state: 'attached' });
  if (await hasFocus(target)) return;
  for (let step = 0; step < REGIONS; step++) {
    const isNear = await target.evaluate((element) => {
      const { activeElement, body } = document;
      return activeElement !== body && activeElement?.contains(element);
    });
    if (isNear || (await target.page().getByRole('dialog').count()) > 0) break;
    await keys.press('F6');
  }
  const isArrowed = role === 'radio' || role === 'tab';
  for (let step = 0; step < MOST_STEPS; step++) {
    if (await hasFocus(target)) return;
    const isInGroup =
      isArrowed &&
      (await target.evaluate((element) => {
        const { activeElement } = document;
        if (element.tagName !== 'INPUT')
          return Boolean(
            activeElement?.closest('[role=tablist], [role=radiogroup]')?.contains(element),
          );
        const { name } = element as HTMLInputElement;
        return (activeElement as HTMLInputElement | null)?.name === name;
      }));
    await keys.press(isInGroup ? 'ArrowRight' : 'Tab');
  }
  throw new Error(`The keyboard does not reach ${target}.`);
}
