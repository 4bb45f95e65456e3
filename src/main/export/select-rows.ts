import type { RefusalReason } from '../../shared/contract/export.ts';
import { type Consent, strictestConsent } from '../../shared/domain/example.ts';
import { mapTexts } from '../../shared/domain/json.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import type { ExportRow } from './formats/format.ts';

/** Replaces personal data in the texts of one row, the same value by the same placeholder. */
export interface Pseudonymiser {
  /** Looks for what is to be replaced in all of them. */
  learn(text: string): unknown;
  hide(text: string): string;
}

export interface Selection {
  readonly rows: readonly ExportRow[];
  readonly ids: readonly number[];
  /** Rows that leave only because a person said so: private ones, and those whose permission has ended. */
  readonly privateRows: number;
  readonly redactedRows: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  readonly sourceIds: ReadonlySet<number>;
  readonly grantIds: ReadonlySet<number>;
}

/**
 * What may leave: approved rows with a valid answer, a consent that allows it and a grant that still holds; the rest is
 * counted by reason. As at the gate, a synthetic row follows the line that it was made from: the strictest consent
 * counts, and the grant is the origin's.
 */
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
  const holding = store.grants.holding(Date.now());
  const chosen: Candidate[] = [];
  for (const example of store.examples.list()) {
    const line = example.parentId === null ? [example] : store.examples.lineage(example.id);
    const grantIds = holding.get(line.at(-1)!.id) ?? [];
    const candidate = {
      example,
      consent: strictestConsent(line.map((each) => each.consent)),
      grantIds,
    };
    const lack = lackOf(candidate);
    const reason = flawOf(example) ?? (options.includePrivate ? undefined : lack);
    if (reason === undefined) chosen.push(candidate);
    else refused[reason] = (refused[reason] ?? 0) + 1;
  }
  return {
    rows: chosen.map((candidate) => toRow(candidate, sourceNames, options)),
    ids: chosen.map(({ example }) => example.id),
    privateRows: chosen.filter((candidate) => lackOf(candidate) !== undefined).length,
    redactedRows: chosen.filter(({ consent }) => consent === 'redacted').length,
    refused,
    sourceIds: new Set(chosen.flatMap(({ example }) => example.sourceId ?? [])),
    grantIds: new Set(chosen.flatMap(({ grantIds }) => grantIds)),
  };
}

interface Candidate {
  readonly example: Example;
  readonly consent: Consent;
  readonly grantIds: readonly number[];
}

/** What is wrong with the row itself. */
function flawOf({ status, label }: Example): RefusalReason | undefined {
  if (status === 'rejected') return 'rejected';
  if (!label) return 'unlabelled';
  if (status !== 'approved') return 'notApproved';
  return label.isValid ? undefined : 'invalid';
}

/** Why nobody's permission covers the row. */
function lackOf({ consent, grantIds }: Candidate): 'private' | 'noGrant' | undefined {
  if (consent === 'private') return 'private';
  return grantIds.length === 0 ? 'noGrant' : undefined;
}

function toRow(
  { example, consent }: Candidate,
  sourceNames: ReadonlyMap<number, string>,
  { pseudonymise, isClassify }: { pseudonymise: () => Pseudonymiser; isClassify: boolean },
): ExportRow {
  const pseudonymiser = consent === 'redacted' ? pseudonymise() : undefined;
  for (const text of [example.text, example.context ?? '']) pseudonymiser?.learn(text);
  const hide = (text: string) => pseudonymiser?.hide(text) ?? text;
  const label = example.label!;
  return {
    id: example.externalId,
    text: hide(example.text),
    context: example.context === null ? null : hide(example.context),
    // A label of the task is no text of anyone's.
    output: isClassify ? label.output : mapTexts(label.output, hide),
    split: example.split,
    origin: example.origin,
    labelledBy: label.author,
    source: example.sourceId === null ? null : (sourceNames.get(example.sourceId) ?? null),
  };
}
