import type { PreviewedRequest } from '../../shared/contract/teach.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { AugmentTeacher, TeacherQuestion } from '../augment/tools.ts';
import type { RequestHistory } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import { createAnswerSchema } from '../teach/answer-schema.ts';
import { askAll, priceOf } from '../teach/ask-all.ts';
import { createBudget } from '../teach/budget.ts';
import type { AskOptions } from '../teach/options.ts';
import { findJson } from '../teach/parse-reply/find-json.ts';
import { createReplyParser } from '../teach/parse-reply/index.ts';
import { isRefusal } from '../teach/parse-reply/refusal.ts';
import { previewRequests } from '../teach/preview.ts';
import { createPrompt, quoteInput } from '../teach/prompt.ts';
import type { Inquiry, PlannedQuestion, QuestionInput, Wording } from '../teach/question.ts';
import { readAnswer, recordReply } from '../teach/record-answer.ts';
import { createTally } from '../teach/result.ts';
import { createTeacherGate } from './teacher-gate.ts';

type AskedTeacher = AugmentTeacher & {
  /** The first questions exactly as they would leave; nothing is sent. */
  preview(questions: readonly TeacherQuestion[], count: number): Promise<PreviewedRequest[]>;
};

/**
 * The teacher as augmentation asks it: through the gate, the ledger, the budget and the durable requests of teaching.
 * @throws AppError `app.usage`, `teach.price`
 */
export function createAugmentTeacher(
  store: Store,
  task: Task,
  options: AskOptions,
  jobId: number | null,
): AskedTeacher {
  const gate = createTeacherGate(store);
  const price = priceOf(options, gate);
  const tally = createTally();
  const url = options.provider.url(options.baseUrl);
  const identity = {
    purpose: options.purpose,
    provider: options.provider.id,
    model: options.model,
  };
  const run = {
    store,
    options,
    gate,
    price,
    budget: createBudget(options.maxCostUsd),
    tally,
    jobId,
  };
  const answerSchema = createAnswerSchema(task);
  const parse = createReplyParser(task);
  if (!store.isReadOnly) store.transaction(() => store.requests.markOpenUnknown());
  let known = indexHistory(store.requests.history(identity));

  function word(
    { wanted }: Pick<TeacherQuestion, 'wanted'>,
    { text, context, hide }: QuestionInput,
  ): Wording {
    if (wanted.kind === 'output')
      return { prompt: createPrompt(task, { text: wanted.text, context }), schema: answerSchema };
    const prompt = { system: wanted.system(hide), user: quoteInput({ text, context }) };
    return { prompt, schema: { isStrict: true, schema: wanted.schema } };
  }

  const inquiry: Inquiry<TeacherQuestion> = {
    word,
    record({ wanted }, answered) {
      const { raw, ending } = answered;
      const hasJson = findJson(raw).length > 0 && ending !== 'refused';
      const hasDeclined = ending === 'refused' || isRefusal(raw);
      const form = hasJson ? 'accepted' : hasDeclined ? 'refusal' : 'malformed';
      const outcome = wanted.kind === 'output' ? readAnswer(answered, parse).outcome : form;
      recordReply(store, answered, { outcome, repairs: [] }, tally);
    },
  };

  return {
    name: options.model,
    block: (exampleId) => gate.block(exampleId, { purpose: options.purpose, url }),
    history: () =>
      [...known.values()].map(({ exampleId, variant, sample, state, jobState }) => ({
        exampleId,
        variant,
        sample,
        isFinished: state === 'finished',
        isUsed: jobState === 'done',
      })),
    async ask(questions, work) {
      const open = questions.filter((question) => {
        const state = known.get(keyOf(question))?.state;
        return state !== 'finished' && state !== 'unknown';
      });
      try {
        await askAll(run, inquiry, open, work);
      } finally {
        known = indexHistory(store.requests.history(identity));
      }
    },
    replyTo(question) {
      const { replyId, raw } = known.get(keyOf(question)) ?? {};
      if (!raw || !replyId) return undefined;
      // Asked anew: permission may have ended, and only the gate knows what stands for which placeholder.
      const permission = gate.permit(
        { exampleId: question.exampleId, purpose: options.purpose, url, model: options.model },
        () => null,
      );
      if (permission.kind === 'blocked') return undefined;
      return { replyId, raw, restore: permission.restore };
    },
    readOutput({ raw, restore }) {
      const parsed = parse(raw, restore);
      return parsed.outcome === 'accepted' ? parsed.output : undefined;
    },
    findJson: (raw) => findJson(raw).map(({ value }) => value),
    tally: () => tally,
    preview: (questions, count) => previewRequests(store, options, gate, questions, count, word),
  };
}

function keyOf({ exampleId, variant, sample }: PlannedQuestion): string {
  return `${exampleId} ${sample} ${variant}`;
}

/** The last request of each question; a finished one before any other. */
function indexHistory(rows: readonly RequestHistory[]): Map<string, RequestHistory> {
  const index = new Map<string, RequestHistory>();
  for (const row of rows)
    if (index.get(keyOf(row))?.state !== 'finished') index.set(keyOf(row), row);
  return index;
}
