import { createTagSet, type TagSet } from '../crf/tags.ts';
import type { FormPlan } from '../structured-student.ts';
import { type ChoiceHeads, createChoiceHeads } from './choice-heads.ts';
import type { HeadSizes } from './heads.ts';

/** What the columns of a tagger's scores mean. */
export interface Layout {
  readonly tagSet: TagSet;
  readonly choices: ChoiceHeads;
  readonly sizes: HeadSizes;
}

export function createLayout(plan: FormPlan): Layout {
  const tagSet = createTagSet(plan);
  const choices = createChoiceHeads(plan);
  const { frames, hasNone } = plan.form;
  return {
    tagSet,
    choices,
    sizes: {
      tagCount: tagSet.count,
      frameCount: frames.length + (hasNone ? 1 : 0),
      choiceCount: choices.columnCount,
    },
  };
}
