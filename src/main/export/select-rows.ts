import type { RefusalReason } from '../../shared/contract/export.ts';
import { type Consent, strictestConsent } from '../../shared/domain/example.ts';
import { canonicalJson, type Json, mapTexts } from '../../shared/domain/json.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import type { ExportRow, PairRow } from './export-row.ts';

/** Replaces personal data in the texts of one row, the same value by the same placeholder. */
export interface Pseudonymiser {
  /** Looks for what is to be replaced in all of them. */
  learn(text: string): unknown;
  hide(text: string): string;
}

export interface Selection<Row extends ExportRow = ExportRow> {
  readonly rows: readonly Row[];
  readonly ids: readonly number[];
  /** Rows that leave only because a person said so: private ones, and those whose permission has ended. */
  readonly privateRows: number;
  readonly redactedRows: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** How many of the rows each source gave. */
  readonly rowsOfSource: ReadonlyMap<number, number>;
  /** By which strategy each row was made that was. */
  readonly strategies: readonly string[];
  readonly grantIds: ReadonlySet<number>;
}

export interface SelectOptions {
  readonly includePrivate: boolean;
  readonly isClassify: boolean;
  readonly pseudonymise: () => Pseudonymiser;
}

/**
 * What may leave: approved rows with a valid answer, a consent that allows it and a grant that still holds; the rest is
 * counted by reason. As at the gate, a synthetic row follows the line that it was made from: the strictest consent
 * counts, and the grant is the origin's.
 */
export function selectRows(store: Store, options: SelectOptions): Selection {
  return select(
    store,
    options,
    () => undefined,
    ({ row }) => row,
  );
}

/** Of those rows, the ones with an answer of the teacher's that a person put right: the last that differs. */
export function selectPairs(store: Store, options: SelectOptions): Selection<PairRow> {
  const saidOf = Map.groupBy(
    store.labels.byAuthor('teacher').filter((label) => label.isValid),
    (label) => label.exampleId,
  );
  const rejectedOf = ({ id, label }: Example): Json | undefined =>
    label?.author === 'human'
      ? saidOf
          .get(id)
          ?.findLast(({ output }) => canonicalJson(output) !== canonicalJson(label.output))?.output
      : undefined;
  return select(
    store,
    options,
    (example) => (rejectedOf(example) === undefined ? 'noPair' : undefined),
    ({ example, row, hide }) => ({ ...row, rejected: hide(rejectedOf(example)!) }),
  );
}

function select<Row extends ExportRow>(
  store: Store,
  options: SelectOptions,
  lackOfRow: (example: Example) => RefusalReason | undefined,
  complete: (made: Made) => Row,
): Selection<Row> {
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
    const reason =
      flawOf(example) ?? (options.includePrivate ? undefined : lack) ?? lackOfRow(example);
    if (reason === undefined) chosen.push(candidate);
    else refused[reason] = (refused[reason] ?? 0) + 1;
  }
  const rowsOfSource = new Map<number, number>();
  for (const { sourceId } of chosen.map(({ example }) => example))
    if (sourceId !== null) rowsOfSource.set(sourceId, (rowsOfSource.get(sourceId) ?? 0) + 1);
  return {
    rows: chosen.map((candidate) => complete(toRow(candidate, sourceNames, options))),
    ids: chosen.map(({ example }) => example.id),
    privateRows: chosen.filter((candidate) => lackOf(candidate) !== undefined).length,
    redactedRows: chosen.filter(({ consent }) => consent === 'redacted').length,
    refused,
    rowsOfSource,
    strategies: chosen.flatMap(({ example }) =>
      example.origin === 'synthetic' ? [example.strategy ?? 'a strategy that was not noted'] : [],
    ),
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

/** A row as it leaves, and how whatever else is said of it has to be hidden. */
interface Made {
  readonly example: Example;
  readonly row: ExportRow;
  hide(output: Json): Json;
}

function toRow(
  { example, consent }: Candidate,
  sourceNames: ReadonlyMap<number, string>,
  { pseudonymise, isClassify }: SelectOptions,
): Made {
  const pseudonymiser = consent === 'redacted' ? pseudonymise() : undefined;
  for (const text of [example.text, example.context ?? '']) pseudonymiser?.learn(text);
  const hideText = (text: string) => pseudonymiser?.hide(text) ?? text;
  // A label of the task is no text of anyone's; what an output says of a person need not stand in the text.
  const hide = (output: Json): Json => {
    if (isClassify || !pseudonymiser) return output;
    mapTexts(output, (text) => {
      pseudonymiser.learn(text);
      return text;
    });
    return mapTexts(output, hideText);
  };
  const label = example.label!;
  const row = {
    id: example.externalId,
    text: hideText(example.text),
    context: example.context === null ? null : hideText(example.context),
    output: hide(label.output),
    split: example.split,
    origin: example.origin,
    labelledBy: label.author,
    source: example.sourceId === null ? null : (sourceNames.get(example.sourceId) ?? null),
  };
  return { example, row, hide };
}
