import type { ReplyLearning } from '../../../shared/contract/train.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import type { Work } from '../../lib/work.ts';
import type { Store } from '../../store/store.ts';
import { toInput } from '../../store/to-input.ts';
import { createStandsIn } from '../../values/facts/stands-in.ts';
import { selectExamples } from '../select-examples.ts';
import type { AnsweredRow, GatheredRows } from '../structured/gather-rows.ts';
import { compileReplies } from './compile-replies.ts';
import { findReplyTypes, type TypedReply } from './find-reply-types.ts';
import { isApproved, isReplied } from './replied-row.ts';
import { tellReplies } from './tell-replies.ts';

/** The rows that a student of replies learns from, by the types that were found in them. */
export interface GatheredReplies {
  readonly templates: readonly ReplyTemplate[];
  readonly form: Form;
  readonly gathered: GatheredRows;
  readonly learning: ReplyLearning;
}

/**
 * Finds the types of reply in the rows that may be learnt from. A row that follows none teaches that a person answers; of
 * a reply with a value that its text does not give that value is left out, so that no student learns it.
 */
export async function gatherReplies(store: Store, work: Work): Promise<GatheredReplies> {
  const { labelled, unlabelled, excluded } = selectExamples(store);
  const replied = labelled.filter(isReplied);
  const { templates, replies } = await findReplyTypes(
    replied.map((row) => ({
      text: row.example.text,
      referenceDate: toInput(row.example).referenceDate,
      output: row.example.label.output,
      isHuman: isApproved(row),
      group: row.group,
    })),
    work,
  );
  const form = compileReplies(templates);
  const standsIn = createStandsIn();
  const rows = replied.map(({ example, group }, i): AnsweredRow => {
    const input = toInput(example);
    const output = toCall(templates, replies[i], (value) => standsIn(input, value));
    return {
      exampleId: example.id,
      contentHash: example.contentHash,
      input,
      output,
      given: example.label.output,
      filled: takeApart(form, output)!, // made for this form
      isHuman: example.label.author === 'human',
      group,
      weight: 1,
    };
  });
  return {
    templates,
    form,
    gathered: {
      rows,
      unlabelled: unlabelled.map(({ example, group }) => ({
        exampleId: example.id,
        input: toInput(example),
        group,
      })),
      excluded: { ...excluded, invalid: labelled.length - replied.length },
      relabelled: 0,
      downWeighted: 0,
    },
    learning: tellReplies(templates, replies, replied),
  };
}

/** A reply as a call of its type, with the values that are in its text; null for none. */
function toCall(
  templates: readonly ReplyTemplate[],
  reply: TypedReply | undefined,
  isGiven: (value: string) => boolean,
): Json {
  if (!reply) return null;
  const values = reply.values.filter(({ value }) => isGiven(value));
  return {
    name: templates[reply.type]!.name,
    arguments: Object.fromEntries(values.map(({ slot, value }) => [slot, value])),
  };
}
