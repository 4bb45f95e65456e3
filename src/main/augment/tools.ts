import type { TeacherTally } from '../../shared/contract/augment.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Input } from '../../shared/domain/prediction.ts';
import type { Work } from '../lib/work.ts';
import type { Confusion } from './strategies/strategy.ts';

/** A draft that says the same as another text. */
export interface Repeat {
  /** Position among the drafts. */
  readonly draft: number;
  /** Position among the rows, or among the drafts, of the text that it repeats. */
  readonly row?: number;
  readonly otherDraft?: number;
}

/** What augmenting needs of other features; the composition root fills it in. */
export interface AugmentTools {
  /** Finds drafts that are near-duplicates of a row or of another draft; copies of parts count for guarded rows. */
  findRepeats(
    drafts: readonly string[],
    rows: readonly { readonly text: string; readonly isGuarded: boolean }[],
    work: Work,
  ): Promise<readonly Repeat[]>;
  /**
   * Answers without seeing any label that is claimed: the student, or the nearest rows but `withoutId` itself. Undefined
   * where it can't tell.
   */
  judge(
    inputs: readonly (Input & { readonly withoutId: number })[],
    work: Work,
  ): Promise<readonly (Json | undefined)[]>;
  /** Labels that are taken for each other, the worst first. */
  readonly confusions: readonly Confusion[];
  readonly teacher: AugmentTeacher | undefined;
}

/** One question to the teacher. What it is about comes from the gate; what is asked, from here. */
export interface TeacherQuestion {
  readonly exampleId: number;
  /** Names what is asked about the example; with `sample` it is the question's identity over all runs. */
  readonly variant: string;
  readonly sample: number;
  /** New texts like the example's, or the output of a text that was made from it. */
  readonly wanted:
    | {
        readonly kind: 'texts';
        /** `hide` replaces personal data where the example may leave only without. */
        system(hide: (text: string) => string): string;
        readonly schema: Json;
      }
    | { readonly kind: 'output'; readonly text: string };
}

/** A question that was asked before and what became of it. */
export interface AskedQuestion {
  readonly exampleId: number;
  readonly variant: string;
  readonly sample: number;
  readonly isFinished: boolean;
  /** Whether the run that asked it came to its end; otherwise its answer still waits to be used. */
  readonly isUsed: boolean;
}

export interface TeacherReply {
  readonly replyId: number;
  readonly raw: string;
  /** Puts personal data back that was replaced on the way out. */
  restore(output: Json): Json;
}

/** The teacher behind the gate. Every question is on disk before it is sent and its reply stays there. */
export interface AugmentTeacher {
  readonly name: string;
  /** Why a row may not leave for augmentation; undefined when it may. */
  block(exampleId: number): string | undefined;
  history(): readonly AskedQuestion[];
  /** Asks what has no reply yet. @throws AppError as teaching does */
  ask(questions: readonly TeacherQuestion[], work: Work): Promise<void>;
  /** The reply to a question; undefined when there is none or its example may no longer leave. */
  replyTo(
    question: Pick<TeacherQuestion, 'exampleId' | 'variant' | 'sample'>,
  ): TeacherReply | undefined;
  /** Reads an answer of the task, with personal data put back; undefined when it is none. */
  readOutput(reply: TeacherReply): Json | undefined;
  /** The JSON values in a reply. */
  findJson(raw: string): readonly Json[];
  tally(): TeacherTally;
}
