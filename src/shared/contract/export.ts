import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import type { JobStarted } from './job-started.ts';
import { method } from './method.ts';

export type RefusalReason =
  | 'notApproved'
  | 'rejected'
  | 'unlabelled'
  | 'invalid'
  | 'noPair'
  | 'private'
  | 'noGrant';

export interface DatasetExport {
  readonly format: string;
  readonly folder: string;
  readonly files: readonly {
    readonly path: string;
    readonly rows: number;
    readonly sha256: string;
  }[];
  readonly refused: number;
  readonly refusedReasons: Readonly<Partial<Record<RefusalReason, number>>>;
  readonly containsPrivateText: boolean;
}

export interface StudentExport {
  readonly format: 'student';
  readonly studentId: string;
  readonly folder: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly refused: 0;
  readonly draft: boolean;
  readonly failedGates: readonly string[];
}

export type ExportOutcome = DatasetExport | StudentExport;

export interface FormatLine {
  readonly id: string;
  readonly title: string;
  readonly extension: string;
  /** Whether the task's kind can be written in it. */
  readonly isUsable: boolean;
}

/** What an export would hold, before it is written. */
export interface ExportPreview {
  readonly rows: number;
  readonly privateRows: number;
  readonly redactedRows: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
  /** The first rows as they would be written, personal data masked where it must be. */
  readonly sample: readonly { readonly id: string; readonly text: string; readonly output: Json }[];
}

export interface PastExport {
  readonly id: number;
  readonly format: string;
  readonly folder: string;
  readonly createdAtMs: number;
}

export const exportMethods = {
  /** Without `student`, which every project has. */
  'export.formats': method<readonly FormatLine[]>()(z.strictObject({})),
  'export.preview': method<ExportPreview>()(
    z.strictObject({ includePrivate: z.boolean().default(false) }),
  ),
  /** Newest first. */
  'export.list': method<readonly PastExport[]>()(z.strictObject({})),
  /** A data set in a format, or with `student` a student, into a folder that is new or empty. */
  'export.run': method<JobStarted>()(
    z.strictObject({
      format: z.string(),
      folder: z.string().min(1),
      includePrivate: z.boolean().default(false),
      studentId: z.string().optional(),
      /** A student although a quality gate fails; its card then says so. */
      isDraft: z.boolean().default(false),
    }),
  ),
};
