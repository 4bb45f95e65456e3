import { config } from 'zod';

// Our policy forbids code made from text, which zod would otherwise try for speed.
config({ jitless: true });

export { desktopMethods } from '../../shared/contract/desktop.ts';
export { methods } from '../../shared/contract/index.ts';
