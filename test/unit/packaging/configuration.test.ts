import { createRequire } from 'node:module';
import type { Configuration } from 'electron-builder';
import { expect, test } from 'vitest';
import { createConfiguration } from '../../../scripts/packaging/configuration.ts';

// What `electron-builder` itself runs before it builds; for systems that this machine can't build for.
const loadBeside = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
const { validateConfiguration } = loadBeside('app-builder-lib/out/util/config/config') as {
  validateConfiguration(configuration: Configuration, log: object): Promise<void>;
};
const { DebugLogger } = loadBeside('builder-util') as {
  DebugLogger: new (isOn: boolean) => object;
};

const validate = (configuration: object) =>
  validateConfiguration(configuration, new DebugLogger(false));
const configuration = createConfiguration();

test('electron-builder accepts what is configured for all three systems', async () => {
  await expect(validate(configuration)).resolves.toBeUndefined();
  expect(configuration.linux.target).toEqual(['AppImage', 'deb']);
  expect(configuration.mac.target.map(({ target }) => target)).toEqual(['dmg', 'zip']);
  expect(configuration.win.target.map(({ target }) => target)).toEqual(['nsis']);
});

test.each([
  ['an unknown key', { ...configuration, autoUpdate: true }],
  ['an unknown key of macOS', { ...configuration, mac: { ...configuration.mac, hardened: true } }],
  ['a type that is not one', { ...configuration, nsis: { oneClick: 'never' } }],
])('planted: %s is refused', async (_what, planted) => {
  await expect(validate(planted)).rejects.toThrow(/configuration/i);
});

test('nothing is published, so that no app has an address to update itself from', () => {
  expect(configuration.publish).toBeNull();
});
