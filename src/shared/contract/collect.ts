import { z } from 'zod';
import {
  type Author,
  type Consent,
  consents,
  type Origin,
  type Purpose,
  purposes,
  type Split,
  type Status,
  splits,
} from '../domain/example.ts';
import type { Json } from '../domain/json.ts';
import type { JobStarted } from './job-started.ts';
import type { LedgerLine } from './ledger.ts';
import { method } from './method.ts';

export const mappingFields = ['text', 'context', 'output', 'id', 'group', 'split', 'date'] as const;
export type MappingField = (typeof mappingFields)[number];

/** Which column of the file gives which part of an example; the columns left over are kept as they are. */
export type Mapping = Readonly<Partial<Record<MappingField, string>>>;

/** What a file looks like before anything is imported. */
export interface FilePreview {
  readonly importer: string;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly columns: readonly string[];
  /** Guessed; a part that no column clearly gives is missing. */
  readonly mapping: Mapping;
  /** The first 50. */
  readonly rows: readonly {
    readonly line: number;
    readonly fields: Readonly<Record<string, unknown>>;
  }[];
}

/** A row that can't be used, while the rest of the file can. */
export interface RefusedRow {
  readonly line: number;
  readonly reason: string;
  readonly remedy: string;
}

/** What became of the rows of a file. */
export interface ImportOutcome {
  readonly sourceId: number;
  readonly importer: string;
  readonly mapping: Mapping;
  readonly imported: number;
  /** Rows that were there before, with the same id and content. */
  readonly duplicates: number;
  /** Of these, how many got the decision of the person who has checked the file. */
  readonly reviewedAgain: number;
  /** The first 10,000; `refusedTotal` counts all. */
  readonly refused: readonly RefusedRow[];
  readonly refusedTotal: number;
  readonly invalidOutputs: number;
  readonly unknownLabels: readonly UnknownLabel[];
}

/** What a column of a file has as labels. */
export interface FileLabels {
  readonly columns: readonly string[];
  /** Null where none was asked for and none could be guessed. */
  readonly column: string | null;
  readonly labels: readonly { readonly label: string; readonly rows: number }[];
}

/** A label of a file that the task does not have. */
export interface UnknownLabel {
  readonly label: string;
  readonly rows: number;
}

export interface RowLabel {
  readonly output: Json;
  readonly author: Exclude<Author, 'student'>;
  readonly isValid: boolean;
  /** Share of the author's answers that agree with this one, in (0, 1]. */
  readonly agreement: number;
  readonly confidence: number | null;
}

/** One row of the table of records. */
export interface RecordRow {
  /** Key within the project file; `externalId` is what people see. */
  readonly key: number;
  readonly externalId: string;
  /** The first 500 characters. */
  readonly text: string;
  readonly origin: Origin;
  readonly consent: Consent;
  readonly split: Split;
  readonly status: Status;
  readonly label: RowLabel | null;
  readonly source: string | null;
  readonly line: number | null;
  /** Open flags by check, such as `near-duplicate`. */
  readonly flags: readonly string[];
}

export interface RecordPage {
  readonly rows: readonly RecordRow[];
  /** Give it as `after` for the next page; null at the end. */
  readonly next: string | null;
}

/** All about one record, for the inspector. */
export interface RecordDetails extends RecordRow {
  readonly fullText: string;
  readonly context: string | null;
  readonly meta: Readonly<Record<string, Json>>;
  readonly strategy: string | null;
  readonly isHighStakes: boolean;
  /** Parents first. */
  readonly lineage: readonly {
    readonly key: number;
    readonly externalId: string;
    readonly text: string;
    readonly strategy: string | null;
  }[];
  readonly labels: readonly (Omit<RowLabel, 'agreement' | 'author'> & {
    readonly author: Author;
    readonly name: string | null;
    readonly atMs: number;
    readonly isWithdrawn: boolean;
  })[];
  readonly grants: readonly GrantLine[];
  readonly ledger: readonly LedgerLine[];
  readonly findings: readonly {
    readonly check: string;
    readonly score: number;
    readonly isFlagged: boolean;
    readonly resolution: string | null;
    readonly other: string | null;
  }[];
}

/** A permission that covers or covered the record. */
export interface GrantLine {
  readonly id: number;
  readonly purposes: readonly Purpose[];
  /** A host, or `*` for any. */
  readonly destination: string;
  readonly basis: string;
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
  readonly revokedAtMs: number | null;
}

export interface ConsentOutcome {
  readonly changed: number;
  /** When permission was taken back: what it comes too late for. */
  readonly touched: {
    readonly sent: readonly {
      readonly destination: string;
      readonly examples: number;
      readonly lastAtMs: number;
    }[];
    readonly students: readonly string[];
    readonly exports: readonly string[];
  } | null;
}

/** In the language of `parseFilter`, such as `consent=private and label=refund`; empty for all. */
const filter = z.string().max(10_000).default('');
/** Words that the text must contain; each as the start of a word. */
const search = z.string().max(1_000).default('');
const mapping = z.partialRecord(z.enum(mappingFields), z.string().min(1));

/** Which records: those ticked one by one, or all that a filter and a search name. */
const selection = z.union([
  z.strictObject({ keys: z.array(z.int().positive()).min(1).max(100_000) }),
  z.strictObject({ filter, search }),
]);

export const sortColumns = ['order', 'id', 'text', 'label', 'consent', 'split', 'status'] as const;
export type SortColumn = (typeof sortColumns)[number];

export const collectMethods = {
  'collect.preview': method<FilePreview>()(
    z.strictObject({
      path: z.string().min(1),
      format: z.string().optional(),
      encoding: z.string().optional(),
    }),
  ),
  /** Values of a column, for the labels of a project that is still to be made: needs no open project. */
  'collect.labels': method<FileLabels>()(
    z.strictObject({ path: z.string().min(1), column: z.string().min(1).optional() }),
  ),
  'collect.import': method<JobStarted>()(
    z.strictObject({
      path: z.string().min(1),
      mapping: mapping.optional(),
      format: z.string().optional(),
      encoding: z.string().optional(),
      split: z.enum(splits).optional(),
      reviewedBy: z.string().trim().min(1).optional(),
      licence: z.string().optional(),
      /** Private when left out. */
      consent: z
        .strictObject({
          to: z.enum(consents),
          basis: z.string().optional(),
          destination: z.string().default('*'),
          expiresAtMs: z.int().nullable().default(null),
        })
        .optional(),
    }),
  ),
  /** One page of the table, 100 ms at a million rows; sorts other than `order` and `id` read them all. */
  'collect.page': method<RecordPage>()(
    z.strictObject({
      filter,
      search,
      sort: z.enum(sortColumns).default('order'),
      isDescending: z.boolean().default(false),
      after: z.string().nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
  ),
  /** How many match, apart from the page since it may have to read them all. */
  'collect.count': method<{ readonly matching: number; readonly total: number }>()(
    z.strictObject({ filter, search }),
  ),
  /** By key, or by the imported id. */
  'collect.example': method<RecordDetails>()(
    z.union([
      z.strictObject({ key: z.int().positive() }),
      z.strictObject({ externalId: z.string() }),
    ]),
  ),
  /** One step to undo, whatever the number of records. */
  'collect.consent': method<ConsentOutcome>()(
    z.strictObject({
      selection,
      to: z.enum(consents),
      purposes: z.array(z.enum(purposes)).min(1).default(['label']),
      destination: z.string().default('*'),
      basis: z.string().optional(),
      expiresAtMs: z.int().nullable().default(null),
    }),
  ),
  /** What a revocation of these would come too late for, before it is made. */
  'collect.touched': method<NonNullable<ConsentOutcome['touched']>>()(
    z.strictObject({ selection }),
  ),
  /** Values to filter by: labels of the task and what else occurs. */
  'collect.facets': method<{
    /** Of a task with labels; empty for others, as are the functions. */
    readonly labels: readonly string[];
    /** Of a task with calls, and what stands for none of them. */
    readonly functions: readonly string[];
    readonly sources: readonly string[];
    readonly checks: readonly { readonly id: string; readonly title: string }[];
    readonly metaColumns: readonly string[];
  }>()(z.strictObject({})),
};
