import { planTags } from '../crf/decoder.ts';
import { countColumns, type Head, planHeads } from '../crf/heads/heads.ts';
import { createMentionReader, listAnswerNames, type Mention } from '../crf/heads/mentions.ts';
import type { TagSet } from '../crf/tags.ts';
import type { FormPlan } from '../structured-student.ts';
import type { Words } from '../words/words.ts';

/** What the columns of a tagger's scores mean: tags and heads as those of the student `crf`. */
export interface Layout {
  readonly tagSet: TagSet;
  readonly heads: readonly Head[];
  /** All columns of the heads. */
  readonly columnCount: number;
  readonly readMentions: (words: Words) => readonly Mention[];
}

export function createLayout(plan: FormPlan): Layout {
  const heads = planHeads(plan);
  return {
    tagSet: planTags(plan),
    heads,
    columnCount: countColumns(heads),
    readMentions: createMentionReader(listAnswerNames(plan, heads)),
  };
}
