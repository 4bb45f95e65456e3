import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, askResult, launch, type RunningApp } from '../helpers/launch.ts';

const patience = { timeout: 40_000 };
const secret = 'correct horse battery';

let running: RunningApp;
let path: string;
beforeAll(async () => {
  running = await launch();
  path = join(running.folder, 'secret.stillroom');
  const task = { name: 'Secret', kind: 'classify', labels: ['a', 'b'] };
  await ask(running.page, 'project.create', { path, task, passphrase: secret });
});
afterAll(() => running.close());

const inProfile = (name: string) => join(running.folder, 'profile', name);
const call = (method: string, input: unknown) => askResult(running.page, method, input);

/** A keychain that this machine does not have: what it is given comes back, and is not readable meanwhile. */
const bringKeychain = () =>
  running.app.evaluate(({ safeStorage }) => {
    const turn = (text: string) => [...text].reverse().join('');
    safeStorage.getSelectedStorageBackend = () => 'gnome_libsecret';
    safeStorage.isEncryptionAvailable = () => true;
    safeStorage.encryptString = (text) => Buffer.from(`locked ${turn(text)}`);
    safeStorage.decryptString = (bytes) => turn(String(bytes).slice('locked '.length));
  });

describe('without a keychain', () => {
  test('neither a key nor a passphrase is written, and the reason is told', async () => {
    const backend = await running.app.evaluate(({ safeStorage }) =>
      safeStorage.getSelectedStorageBackend(),
    );
    expect(backend).toBe('basic_text');
    for (const result of [
      await call('desktop.saveKey', { name: 'teacher', key: 'sk-secret' }),
      await call('desktop.rememberPassphrase', {}),
    ])
      expect(result).toMatchObject({ ok: false, error: { code: 'gate.refused' } });
    expect([inProfile('keys.json'), inProfile('passphrases.json')].filter(existsSync)).toEqual([]);
  });
});

describe('with a keychain', () => {
  test('a key is kept under lock, and no window is told it', async () => {
    await bringKeychain();
    expect((await call('desktop.saveKey', { name: 'teacher', key: 'sk-secret' })).ok).toBe(true);
    const stored = readFileSync(inProfile('keys.json'), 'utf8');
    expect(stored).toContain('teacher');
    expect(Buffer.from(JSON.parse(stored).teacher, 'base64').toString()).toBe('locked terces-ks');
    expect(JSON.stringify(await call('desktop.keys', {}))).not.toContain('secret');
  });

  test('a remembered project opens without asking, under another name, too', async () => {
    expect((await call('desktop.rememberPassphrase', {})).ok).toBe(true);
    expect(readFileSync(inProfile('passphrases.json'), 'utf8')).not.toContain(secret);
    await ask(running.page, 'project.close', {});
    const moved = join(running.folder, 'moved.stillroom');
    renameSync(path, moved);
    expect(await ask(running.page, 'project.open', { path: moved })).toMatchObject({
      path: moved,
      isEncrypted: true,
    });
    await ask(running.page, 'project.close', {});
  });

  test('planted: without what was remembered, the same opening is refused', async () => {
    await running.app.evaluate(({ safeStorage }) => {
      safeStorage.isEncryptionAvailable = () => false;
    });
    const moved = join(running.folder, 'moved.stillroom');
    expect(await call('project.open', { path: moved })).toMatchObject({
      ok: false,
      error: { code: 'store.key' },
    });
  });
});

test('a recovery phrase is made, shown, and opens the project however it is typed', async () => {
  const { app, page, folder } = running;
  const filePath = join(folder, 'phrase.stillroom');
  await app.evaluate(({ dialog }, given) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: given });
  }, filePath);
  await page.getByRole('button', { name: 'New project…' }).click();
  const form = page.getByRole('dialog', { name: 'New project' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Phrase');
  await form.getByRole('textbox', { name: 'Labels', exact: true }).fill('a\nb');
  await form.getByRole('button', { name: 'Make a recovery phrase for me' }).click();
  const phrase = await form
    .getByRole('region', { name: 'Recovery phrase' })
    .locator('code')
    .textContent();
  expect(phrase).toMatch(/^(?:[0-9A-Z]{5}-){4}[0-9A-Z]{5}$/);
  await form.getByRole('button', { name: 'Create…' }).click();
  const rail = page.getByRole('navigation', { name: 'Stages' });
  await rail.waitFor(patience);
  expect((await ask(page, 'project.summary', {})).isEncrypted).toBe(true);
  await ask(page, 'project.close', {});
  await page.reload();
  await page.getByRole('button', { name: /^phrase/ }).click();
  await page
    .getByLabel('Passphrase or recovery phrase')
    .fill(phrase!.toLowerCase().replaceAll('-', ' '));
  await page.keyboard.press('Enter');
  await rail.waitFor(patience);
  expect((await ask(page, 'project.summary', {})).path).toBe(filePath);
});
