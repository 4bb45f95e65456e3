import { create } from 'zustand';

const KEY = 'stillroom.reviewer';

/** The name under which decisions of this window are kept. */
export const useReviewer = create<{ readonly name: string }>(() => ({
  name: localStorage.getItem(KEY) ?? 'analyst',
}));

export function setReviewer(name: string): void {
  localStorage.setItem(KEY, name);
  useReviewer.setState({ name });
}
