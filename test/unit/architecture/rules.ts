/** Where a file stands on the floor plan, and what it may import besides its own kind. To add a layer: one line. */
export interface Layer {
  readonly name: string;
  readonly paths: readonly string[];
  readonly mayImport: readonly string[];
}

/** The steps of the workflow. They never import each other: `app` hands one what it needs of another. */
export const features = [
  'collect',
  'gate',
  'teach',
  'curate',
  'augment',
  'review',
  'train',
  'evaluate',
  'route',
  'export',
] as const;

const foundations = ['shared', 'lib', 'store', 'onnx', 'values'] as const;

export const layers: readonly Layer[] = [
  { name: 'shared', paths: ['src/shared/'], mayImport: [] },
  { name: 'preload', paths: ['src/preload/'], mayImport: ['shared'] },
  { name: 'renderer', paths: ['src/renderer/'], mayImport: ['shared'] },
  { name: 'lib', paths: ['src/main/lib/'], mayImport: ['shared'] },
  { name: 'store', paths: ['src/main/store/'], mayImport: ['shared', 'lib'] },
  { name: 'onnx', paths: ['src/main/onnx/'], mayImport: ['shared', 'lib'] },
  { name: 'values', paths: ['src/main/values/'], mayImport: ['shared', 'lib'] },
  ...features.map((feature) => ({
    name: feature,
    paths: [`src/main/${feature}/`],
    mayImport: foundations,
  })),
  { name: 'app', paths: ['src/main/app/'], mayImport: [...foundations, ...features] },
  {
    name: 'cli',
    paths: ['src/main/cli/', 'src/main/cli.ts'],
    mayImport: [...foundations, ...features, 'app'],
  },
  {
    name: 'engine',
    paths: ['src/main/engine/', 'src/main/engine.ts'],
    mayImport: [...foundations, ...features, 'app'],
  },
  {
    name: 'desktop',
    paths: ['src/main/desktop/', 'src/main/index.ts'],
    mayImport: [...foundations, ...features, 'app', 'engine'],
  },
];

/** Something that only a few files may touch: packages and Node modules by name, globals as they are written. */
export interface Door {
  readonly name: string;
  readonly modules: readonly string[];
  readonly globals: readonly string[];
  readonly only: readonly string[];
}

export const doors: readonly Door[] = [
  {
    name: 'SQLite',
    modules: ['better-sqlite3', 'better-sqlite3-multiple-ciphers', 'node:sqlite'],
    globals: [],
    only: ['src/main/store/'],
  },
  {
    name: 'network',
    modules: [
      'node:http',
      'node:https',
      'node:http2',
      'node:net',
      'node:tls',
      'node:dgram',
      'node:dns',
      'node:inspector',
      'undici',
      'node-fetch',
      'ws',
    ],
    globals: ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
    only: ['src/main/gate/'],
  },
  {
    name: 'teacher SDKs',
    modules: ['openai', '@anthropic-ai/sdk'],
    globals: [],
    // Each is constructed with the fetch that the gate hands over.
    only: ['src/main/teach/providers/'],
  },
  {
    name: 'ONNX Runtime',
    // transformers.js loads ONNX Runtime by itself and can fetch models.
    modules: [
      'onnxruntime-node',
      'onnxruntime-web',
      'onnxruntime-common',
      '@huggingface/transformers',
    ],
    globals: [],
    only: ['src/main/onnx/session.ts'],
  },
  {
    name: 'Electron',
    modules: ['electron'],
    globals: [],
    only: ['src/main/desktop/', 'src/main/index.ts', 'src/preload/'],
  },
  {
    name: 'other programs',
    // A child process can open sockets that nobody sees.
    modules: ['node:child_process', 'node:cluster'],
    globals: [],
    only: ['src/main/desktop/'],
  },
  {
    name: 'back doors',
    // Ways to reach any module without an import that can be read.
    modules: ['node:vm', 'node:repl'],
    globals: [
      'eval',
      'process.binding',
      'process.dlopen',
      'process.getBuiltinModule',
      'process._linkedBinding',
    ],
    only: [],
  },
];
