import type { Json } from '../../shared/domain/json.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import type { ExportRow } from './formats/format.ts';

/** Replaces personal data in the texts of one row, the same value by the same placeholder. */
export interface Pseudonymiser {
  hide(text: string): string;
}

export type RefusalReason = 'notApproved' | 'rejected' | 'unlabelled' | 'invalid' | 'private';

export interface Selection {
  readonly rows: readonly ExportRow[];
  readonly ids: readonly number[];
  readonly privateRows: number;
  readonly redactedRows: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  readonly sourceIds: ReadonlySet<number>;
}

/** What may leave: approved rows with a valid answer whose consent allows it; the rest is counted by reason. */
export function selectRows(
  store: Store,
  options: {
    readonly includePrivate: boolean;
    readonly isClassify: boolean;
    readonly pseudonymise: () => Pseudonymiser;
  },
): Selection {
  const sourceNames = new Map(store.sources.list().map((row) => [row.id, row.fileName] as const));
  const refused: Partial<Record<RefusalReason, number>> = {};
  const chosen: Example[] = [];
  for (const example of store.examples.list()) {
    const reason = refusalOf(example, options.includePrivate);
    if (reason === undefined) chosen.push(example);
    else refused[reason] = (refused[reason] ?? 0) + 1;
  }
  return {
    rows: chosen.map((example) => toRow(example, sourceNames, options)),
    ids: chosen.map((example) => example.id),
    privateRows: chosen.filter((example) => example.consent === 'private').length,
    redactedRows: chosen.filter((example) => example.consent === 'redacted').length,
    refused,
    sourceIds: new Set(chosen.flatMap((example) => example.sourceId ?? [])),
  };
}

function refusalOf(example: Example, includePrivate: boolean): RefusalReason | undefined {
  if (example.status === 'rejected') return 'rejected';
  if (!example.label) return 'unlabelled';
  if (example.status !== 'approved') return 'notApproved';
  if (!example.label.isValid) return 'invalid';
  if (example.consent === 'private' && !includePrivate) return 'private';
  return undefined;
}

function toRow(
  example: Example,
  sourceNames: ReadonlyMap<number, string>,
  { pseudonymise, isClassify }: { pseudonymise: () => Pseudonymiser; isClassify: boolean },
): ExportRow {
  const pseudonymiser = example.consent === 'redacted' ? pseudonymise() : undefined;
  const hide = (text: string) => pseudonymiser?.hide(text) ?? text;
  const label = example.label!;
  return {
    id: example.externalId,
    text: hide(example.text),
    context: example.context === null ? null : hide(example.context),
    // A label of the task is no text of anyone's.
    output: isClassify ? label.output : hideIn(label.output, hide),
    split: example.split,
    origin: example.origin,
    labelledBy: label.author,
    source: example.sourceId === null ? null : (sourceNames.get(example.sourceId) ?? null),
  };
}

function hideIn(value: Json, hide: (text: string) => string): Json {
  if (typeof value === 'string') return hide(value);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => hideIn(item as Json, hide));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, hideIn(item as Json, hide)]),
  );
}
