import { cpSync, globSync, writeFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { collectLicences } from './scripts/licences/collect-licences.ts';

/** Programs that students carry along; read beside the code that writes them. */
const programs = globSync('**/run', { cwd: 'src/main' });

/** What a bundler cannot see: a worker named by its source file, and files read at run time. */
function keepPlaces(): Plugin {
  return {
    name: 'stillroom-keep-places',
    transform: (code) =>
      code.replaceAll(
        /new URL\((['"])(\.[^'"]+)\.ts\1, import\.meta\.url\)/g,
        "new URL('$2.js', import.meta.url)",
      ),
    writeBundle() {
      for (const folder of programs)
        cpSync(`src/main/${folder}`, `out/main/${folder}`, { recursive: true });
    },
  };
}

/** Writes down the licences of all that is handed on, which the window shows in About. */
function keepLicences(): Plugin {
  return {
    name: 'stillroom-keep-licences',
    writeBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((one) => one.type === 'chunk');
      const files = new Set(chunks.flatMap(({ moduleIds }) => moduleIds));
      writeFileSync(
        'out/licences.json',
        JSON.stringify(collectLicences(import.meta.dirname, files)),
      );
    },
  };
}

// The oldest Electron that must run this is the development stand-in: Electron 33, Chrome 130, Node 20.18.
export default defineConfig({
  main: {
    plugins: [keepPlaces()],
    build: {
      target: 'node20.18',
      // Every start waits for it, and its own files are five times as many as what we use of them.
      externalizeDeps: { exclude: ['zod'] },
      // Each module stays where it stands in the source, so that paths relative to it hold.
      outDir: 'out',
      rollupOptions: {
        input: {
          'main/index': 'src/main/index.ts',
          'main/engine': 'src/main/engine.ts',
          'main/train/trainer/worker': 'src/main/train/trainer/worker.ts',
          'main/train/provider/comparison-worker': 'src/main/train/provider/comparison-worker.ts',
        },
        output: {
          preserveModules: true,
          preserveModulesRoot: 'src',
          // A packager leaves out folders within that are called node_modules.
          entryFileNames: ({ name }) => `${name.replace(/^node_modules/, 'packages')}.js`,
        },
      },
    },
  },
  preload: {
    // A sandboxed preload is one CommonJS file.
    build: {
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), keepLicences()],
    // Minified, since parsing it is a part of every start.
    build: {
      target: 'chrome130',
      minify: true,
      rollupOptions: { input: 'src/renderer/index.html' },
    },
  },
});
