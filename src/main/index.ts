import { start } from './desktop/start.ts';

start();
