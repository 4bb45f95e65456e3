import { create } from 'zustand';

interface Dialogs {
  /** An encrypted project that waits for its passphrase, and why the last one failed. */
  readonly locked: { readonly path: string; readonly message: string | null } | null;
  readonly isNewOpen: boolean;
  readonly openError: Error | null;
}

/** Dialogs that any place in the window may open. */
export const useDialogs = create<Dialogs>(() => ({
  locked: null,
  isNewOpen: false,
  openError: null,
}));
