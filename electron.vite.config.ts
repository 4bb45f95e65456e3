import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// The oldest Electron that must run this is the development stand-in: Electron 33, Chrome 130, Node 20.18.
export default defineConfig({
  main: {
    build: {
      target: 'node20.18',
      rollupOptions: {
        input: { index: 'src/main/index.ts', engine: 'src/main/engine.ts', cli: 'src/main/cli.ts' },
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
    plugins: [react()],
    build: { target: 'chrome130', rollupOptions: { input: 'src/renderer/index.html' } },
  },
});
