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
const publisher = { maintainer: 'Ada <ada@example.com>', homepage: 'https://example.com' };
const configuration = createConfiguration({ publisher });

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

test('a package for Debian names who publishes it, and without a publisher none is made', async () => {
  expect(configuration.linux).toMatchObject({ maintainer: publisher.maintainer });
  expect(configuration).toMatchObject({ extraMetadata: { homepage: publisher.homepage } });
  const anonymous = createConfiguration();
  await expect(validate(anonymous)).resolves.toBeUndefined();
  expect(anonymous.linux.target).toEqual(['AppImage']);
  expect(JSON.stringify(anonymous)).not.toMatch(/maintainer|homepage/);
});

test('nothing is published, so that no app has an address to update itself from', () => {
  expect(configuration.publish).toBeNull();
});
