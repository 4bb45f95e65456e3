import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { commands } from '../../src/main/cli/commands/index.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const registries = readdirSync(join(root, 'src/main'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/index.ts'))
  // The window's calls are listed, and checked, by the contract in src/shared/contract.
  .filter((path) => !path.startsWith('app/'))
  .map((path) => `src/main/${path}`)
  .sort();

test('every entry of every registry is named in docs/extending.md', async () => {
  const text = read('docs/extending.md');
  const missing: string[] = [];
  let seen = 0;
  for (const path of registries) {
    const entries = listEntries((await import(join(root, path))) as Record<string, unknown>);
    if (entries.length > 0 && !text.includes(dirname(path)))
      missing.push(`the folder ${dirname(path)}`);
    for (const id of entries) {
      seen++;
      if (!text.includes(`\`${id}\``)) missing.push(`${id} of ${dirname(path)}`);
    }
  }
  expect(seen).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});

test('every command has an example in README.md and says how it is used', async () => {
  const text = read('README.md');
  for (const [name, load] of Object.entries(commands)) {
    const command = await load();
    expect(command.name).toBe(name);
    expect(text, name).toContain(`stillroom ${name}`);
    expect(command.examples.length, `examples of ${name}`).toBeGreaterThan(0);
  }
});

test('the examples name commands and options that exist', async () => {
  const examples = ['README.md', 'docs/workflow.md', 'sample/README.md'].flatMap((path) => [
    ...read(path)
      .replaceAll('\\\n', ' ')
      .matchAll(/^stillroom ([a-z]+)(.*)$/gm),
  ]);
  expect(examples.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const [line, name, rest] of examples) {
    const command = await commands[name!]?.();
    const known = new Set([...(command?.options ?? []).flatMap(flagsOf), '--json']);
    const used = [...rest!.matchAll(/(?<= )--[a-z-]+/g)].map(([flag]) => flag);
    if (!command || used.some((flag) => !known.has(flag))) wrong.push(line);
  }
  expect(wrong).toEqual([]);
});

function flagsOf(option: { readonly flags: string }): string[] {
  return [...option.flags.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);
}

test('links between documents lead somewhere', () => {
  const documents = ['README.md', 'CHANGELOG.md', 'sample/README.md', ...listDocuments()];
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/(?:\]\(|src(?:set)?=")([^)#"\s]+)/g)]
      .map(([, target]) => target!)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(join(root, dirname(path), target)))
      .map((target) => `${path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

function listDocuments(): string[] {
  return readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path}`);
}

/** A registry is a plain literal: a list of entries with an id, a kind or a name, or a record by id. */
function listEntries(module: Record<string, unknown>): string[] {
  return Object.values(module).flatMap((value) => {
    if (Array.isArray(value)) return value.flatMap(idOf);
    if (typeof value === 'object' && value !== null) return Object.keys(value);
    return [];
  });
}

function idOf(entry: unknown): string[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { id, kind, name } = entry as { id?: unknown; kind?: unknown; name?: unknown };
  return [id, kind, name].filter((value): value is string => typeof value === 'string').slice(0, 1);
}
