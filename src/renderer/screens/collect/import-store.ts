import { create } from 'zustand';
import type { Mapping } from '../../../shared/contract/collect.ts';

/** The file that is being looked at before its import. */
export const useImport = create<{
  readonly path: string | null;
  /** The user's mapping; null while the guess stands. */
  readonly mapping: Mapping | null;
}>(() => ({ path: null, mapping: null }));
