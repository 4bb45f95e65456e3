import { z } from 'zod';
import { providers } from '../domain/provider.ts';
import { method } from './method.ts';

/** One thing that was looked at, and what to do when it is not well. */
export interface Symptom {
  readonly id: string;
  readonly status: 'ok' | 'warn' | 'fail';
  readonly message: string;
}

/** About this machine and the engine, without any data of a project. */
export interface Diagnostics {
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly pid: number;
  readonly memoryBytes: number;
  readonly uptimeSeconds: number;
  readonly symptoms: readonly Symptom[];
}

export const engineMethods = {
  'engine.diagnostics': method<Diagnostics>()(z.strictObject({})),
  /** Whether trainings may run on it, and else why not; takes seconds, once. */
  'engine.checkProvider': method<{ readonly problem: string | null }>()(
    z.strictObject({ provider: z.enum(providers) }),
  ),
};
