import type { Json } from '../../../shared/domain/json.ts';

/** What a tolerant reading had to do to a reply; kept with it. */
export type Repair =
  | 'thinking'
  | 'fence'
  | 'prose'
  | 'json'
  | 'truncated'
  | 'key'
  | 'form'
  | 'array'
  | 'scores'
  | 'bare'
  | 'nulls'
  | 'string-arguments'
  | 'pairs'
  | 'lists';

export type ParsedReply =
  | {
      readonly outcome: 'accepted';
      readonly output: Json;
      /** The teacher's own, in [0, 1]; null when it gave none. */
      readonly confidence: number | null;
      readonly repairs: readonly Repair[];
    }
  | {
      readonly outcome: 'malformed' | 'refusal';
      readonly problem: string;
      readonly repairs: readonly Repair[];
    };

/** The problem of a reply in which the teacher says that it will not answer. */
export const DECLINED = 'the teacher declined';

/** What one JSON value of a reply says: an answer, or why it is none. */
export type Reading =
  | {
      readonly output: Json;
      readonly confidence?: number | null;
      readonly repairs?: readonly Repair[];
    }
  | { readonly problem: string };

/** Reads answers of one kind of task. */
export interface AnswerReader {
  /** `isCutOff`: the text ended before the value did; `source` is that text. */
  fromJson(value: Json, part: { readonly isCutOff: boolean; readonly source: string }): Reading;
  /** For replies without any JSON; undefined when the words are no answer either. `isCutOff`: they may not be all. */
  fromText(text: string, isCutOff: boolean): Reading | undefined;
  /** Whether words decline to answer; left out where no answer is in words of its own. */
  readonly isRefusal?: (text: string) => boolean;
}
