import { create } from 'zustand';
import type { SortColumn } from '../../../shared/contract/collect.ts';
import type { Consent, Origin } from '../../../shared/domain/example.ts';

interface View {
  readonly search: string;
  readonly consent: Consent | null;
  readonly origin: Origin | null;
  readonly label: string | null;
  readonly function: string | null;
  readonly flag: string | null;
  /** A column of the file that was kept beside the text, or `source`; with the words that it must contain. */
  readonly column: string | null;
  readonly columnText: string;
  readonly sort: SortColumn;
  readonly isDescending: boolean;
  readonly activeIndex: number;
  readonly selected: ReadonlySet<number>;
  /** Every record that matches is meant, loaded or not. */
  readonly isAllSelected: boolean;
}

const start: View = {
  search: '',
  consent: null,
  origin: null,
  label: null,
  function: null,
  flag: null,
  column: null,
  columnText: '',
  sort: 'order',
  isDescending: false,
  activeIndex: 0,
  selected: new Set(),
  isAllSelected: false,
};

/** What is shown of the records; outlives a visit to another screen. */
export const useView = create<View>(() => start);

/** A new filter starts at the top with nothing selected. */
export function narrow(change: Partial<View>): void {
  useView.setState({ ...change, activeIndex: 0, selected: new Set(), isAllSelected: false });
}

export const resetView = (): void => useView.setState(start);

export function toggleSelected(key: number): void {
  useView.setState(({ selected }) => {
    const next = new Set(selected);
    if (!next.delete(key)) next.add(key);
    return { selected: next, isAllSelected: false };
  });
}

export const clearSelection = (): void =>
  useView.setState({ selected: new Set(), isAllSelected: false });

const quote = (value: string) => JSON.stringify(value);

/** The filters chosen from lists, in the language of `parseFilter`. */
export function filterOf({ column, columnText, ...view }: View): string {
  const { consent, origin, label, function: called, flag } = view;
  const chosen = Object.entries({ consent, origin, label, function: called, flag })
    .filter((entry): entry is [string, string] => entry[1] !== null)
    .map(([field, value]) => `${field} = ${quote(value)}`);
  const words = columnText.trim();
  const kept = column && words !== '' ? [`${quote(column)} ~ ${quote(words)}`] : [];
  return [...chosen, ...kept].join(' and ');
}
