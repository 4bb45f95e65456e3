import type { AdapterSettings } from './adapters.ts';

/** How a writer is trained. */
export interface WriterSettings extends AdapterSettings {
  readonly epochs: number;
  readonly learningRate: number;
  /** It stops when the rows held out have not got better for so many epochs. */
  readonly patienceEpochs: number;
}

/** What is to be other than usual; what is not given stays. */
export type WriterChanges = {
  readonly [K in keyof WriterSettings]?: WriterSettings[K] | undefined;
};

/** As usual for models of this size; no row of ours decided them, since no such model was at hand. */
const defaultSettings: WriterSettings = {
  rank: 16,
  alpha: 32,
  dropout: 0.05,
  epochs: 6,
  learningRate: 5e-4,
  patienceEpochs: 2,
};

/** The usual settings with some changed. */
export function withChanges(changes: WriterChanges = {}): WriterSettings {
  const given = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...defaultSettings, ...Object.fromEntries(given) };
}
