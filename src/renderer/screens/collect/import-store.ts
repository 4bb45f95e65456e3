import { create } from 'zustand';
import type { Mapping } from '../../../shared/contract/collect.ts';

/** The file that is being looked at before its import. */
export const useImport = create<{
  readonly path: string | null;
  /** The user's mapping; null while the guess stands. */
  readonly mapping: Mapping | null;
  /** As the user says; null while the file's own signs decide. */
  readonly encoding: string | null;
}>(() => ({ path: null, mapping: null, encoding: null }));

/** Looks at a file, or at none. */
export const lookAt = (path: string | null): void =>
  useImport.setState({ path, mapping: null, encoding: null });
