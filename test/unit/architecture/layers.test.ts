import { expect, test } from 'vitest';
import { findViolations } from './find-violations.ts';
import { readSource } from './read-source.ts';
import { doors, layers } from './rules.ts';

const files = readSource();

test('the source keeps to the floor plan', () => {
  expect(findViolations(files)).toEqual([]);
});

test('the check sees the source: its modules, its imports and the doors in use', () => {
  expect(files.length).toBeGreaterThan(40);
  const withoutRights = files.map(({ path, source }) => ({
    path: `src/shared/${path.replaceAll('/', '-')}`,
    source,
  }));
  const rules = new Set(findViolations(withoutRights).map((violation) => violation.rule));
  for (const door of ['SQLite', 'ONNX Runtime', 'network'])
    expect(rules).toContain(`${door} has one door`);
});

/** One planted violation a line: the file it stands in, its source, and the rule that must go red. */
const planted: readonly (readonly [path: string, source: string, rule: RegExp])[] = [
  ['src/shared/a.ts', "import { x } from '../main/lib/hash.ts'", /shared may not import lib/],
  ['src/main/lib/a.ts', "import { x } from '../store/store.ts'", /lib may not import store/],
  ['src/main/store/a.ts', "import { x } from '../onnx/session.ts'", /store may not import onnx/],
  ['src/main/onnx/a.ts', "export * from '../store/store.ts'", /onnx may not import store/],
  ['src/main/values/a.ts', "import { x } from '../train/folds.ts'", /values may not import train/],
  ['src/main/store/a.ts', "await import('../app/project.ts')", /store may not import app/],
  ['src/main/teach/a.ts', "import type { X } from '../gate/gate.ts'", /teach may not import gate/],
  ['src/main/gate/a.ts', "type X = import('../teach/x.ts').X", /gate may not import teach/],
  ['src/main/train/a.ts', "const x = require('../curate/x.ts')", /train may not import curate/],
  ['src/main/app/a.ts', "import x from '../cli/main.ts'", /app may not import cli/],
  ['src/main/cli/a.ts', "import x from '../desktop/menu.ts'", /cli may not import desktop/],
  ['src/renderer/a.tsx', "import x from '../main/app/x.ts'", /renderer may not import app/],
  ['src/preload/a.ts', "import x from '../main/lib/x.ts'", /preload may not import lib/],
  ['src/main/lib/a.ts', "import x from '../../../test/unit/x.ts'", /product only/],
  ['src/main/misc/a.ts', 'export const x = 1', /floor plan/],
  ['src/main/collect/a.ts', "import S from 'better-sqlite3'", /SQLite/],
  ['src/main/app/a.ts', "import { DatabaseSync } from 'node:sqlite'", /SQLite/],
  ['src/main/teach/a.ts', "import http from 'node:http'", /network/],
  ['src/main/teach/a.ts', "import { lookup } from 'dns/promises'", /network/],
  ['src/main/app/a.ts', "export { request } from 'undici'", /network/],
  ['src/main/teach/a.ts', "await fetch('http://127.0.0.1')", /network/],
  ['src/main/teach/a.ts', 'const send = globalThis.fetch', /network/],
  ['src/main/teach/a.ts', "const send = globalThis['fetch']", /network/],
  ['src/main/teach/a.ts', 'const { fetch: send } = globalThis', /network/],
  ['src/main/teach/a.ts', 'const send = fetch', /network/],
  ['src/main/teach/a.ts', 'const options = { fetch }', /network/],
  ['src/main/teach/a.ts', 'function f(send = fetch) {}', /network/],
  ['src/main/route/a.ts', "new WebSocket('ws://127.0.0.1')", /network/],
  ['src/main/gate/a.ts', "import OpenAI from 'openai'", /teacher SDKs/],
  ['src/main/teach/a.ts', "import x from 'openai/resources'", /teacher SDKs/],
  ['src/main/onnx/a.ts', "import * as ort from 'onnxruntime-node'", /ONNX Runtime/],
  ['src/main/train/a.ts', "await import('@huggingface/transformers')", /ONNX Runtime/],
  ['src/main/app/a.ts', "import { app } from 'electron'", /Electron/],
  ['src/main/export/a.ts', "import { spawn } from 'node:child_process'", /other programs/],
  ['src/main/lib/a.ts', "process.binding('tcp_wrap')", /back doors/],
  ['src/main/lib/a.ts', 'const { getBuiltinModule } = process', /back doors/],
  ['src/main/lib/a.ts', "eval('1')", /back doors/],
  ['src/main/lib/a.ts', 'await import(name)', /can be read/],
  ['src/main/lib/a.ts', 'createRequire(import.meta.url)(name)', /can be read/],
];

test.each(planted)('%s: %s', (path, source, rule) => {
  const violations = findViolations([{ path, source }]);
  expect(violations.map((violation) => violation.rule)).toEqual([expect.stringMatching(rule)]);
});

test('every rule has a planted violation', () => {
  const tested = planted.map(([, , rule]) => rule.source).join('\n');
  for (const door of doors) expect(tested).toContain(door.name);
  const exempt = new Set([
    'collect',
    'curate',
    'augment',
    'review',
    'evaluate',
    'route',
    'export',
    'engine',
    'desktop',
  ]);
  for (const layer of layers.filter(({ name }) => !exempt.has(name)))
    expect(tested).toMatch(new RegExp(`^${layer.name} may not`, 'm'));
});

/** What looks like a violation and is none. */
const allowed: readonly (readonly [path: string, source: string])[] = [
  ['src/main/store/a.ts', "import S from 'better-sqlite3'"],
  ['src/main/gate/a.ts', "import http from 'node:http'; await fetch('http://127.0.0.1')"],
  [
    'src/main/teach/providers/a.ts',
    "import OpenAI from 'openai'; const f = ({ fetch }: X) => new OpenAI({ fetch })",
  ],
  [
    'src/main/lib/a.ts',
    "// fetch('x') and import 'node:net'\nexport const x = \"import 'electron'\"",
  ],
  ['src/main/lib/a.ts', 'gate.fetch(url); const y = { fetch: send }'],
  [
    'src/main/app/a.ts',
    "import { x } from '../gate/gate.ts'; import { y } from '../../shared/errors.ts'",
  ],
];

test.each(allowed)('%s may: %s', (path, source) => {
  expect(findViolations([{ path, source }])).toEqual([]);
});
