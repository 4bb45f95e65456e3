import { canonicalJson, mapTexts } from '../../shared/domain/json.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Draft, Drafter } from './draft.ts';
import { draftPrompt, draftSchema, readTexts } from './draft-prompt.ts';
import type { Aim, TeacherStrategy } from './strategies/strategy.ts';
import type { AskedQuestion, AugmentTeacher, TeacherQuestion } from './tools.ts';

/** Drafts that were refused are asked for again, but not for ever. */
const MAX_ROUNDS = 3;

interface DraftQuestion extends TeacherQuestion {
  readonly aim: Aim;
}

/**
 * Asks the teacher for drafts. Replies that an earlier run paid for and never came to use are used first; seeds that
 * were asked about least come next. A question is never sent twice.
 */
export function createTeacherDrafter(
  strategy: TeacherStrategy,
  aims: readonly Aim[],
  task: Task,
  teacher: AugmentTeacher,
): Drafter {
  const history = teacher.history();
  const queue = planQuestions(strategy, aims, task, history);
  let waiting = unusedQuestions(strategy, aims, task, history);
  let rounds = 0;

  function read(questions: readonly DraftQuestion[]): Draft[] {
    return questions.flatMap((question) => {
      const reply = teacher.replyTo(question);
      if (!reply) return [];
      return readTexts(teacher.findJson(reply.raw)).map((rawText) => ({
        aim: question.aim,
        rawText,
        text: String(reply.restore(rawText)),
        replyId: reply.replyId,
      }));
    });
  }

  return {
    async next(wanted, work) {
      const drafts = read(waiting);
      waiting = [];
      if (drafts.length > 0) return drafts;
      // A round may bring nothing while the next one does.
      while (rounds < MAX_ROUNDS && !teacher.tally().capReached) {
        const questions = queue.splice(0, Math.ceil(wanted / strategy.textsPerQuestion));
        if (questions.length === 0) return [];
        rounds++;
        await teacher.ask(questions, work);
        const answered = read(questions);
        if (answered.length > 0) return answered;
      }
      return [];
    },
  };
}

/** The first questions of a run as they would be asked, for a preview. */
export function planQuestions(
  strategy: TeacherStrategy,
  aims: readonly Aim[],
  task: Task,
  history: readonly AskedQuestion[],
): DraftQuestion[] {
  const asked = Map.groupBy(history, keyOf);
  const timesAsked = (question: DraftQuestion) => asked.get(keyOf(question))?.length ?? 0;
  const next = new Map<string, number>();
  const questions = aims.map((aim) => {
    const first = toQuestion(strategy, aim, task, 0);
    const key = keyOf(first);
    const last = Math.max(-1, ...(asked.get(key) ?? []).map(({ sample }) => sample));
    const sample = next.get(key) ?? last + 1;
    next.set(key, sample + 1);
    return { ...first, sample };
  });
  return questions.sort((a, b) => timesAsked(a) - timesAsked(b));
}

function unusedQuestions(
  strategy: TeacherStrategy,
  aims: readonly Aim[],
  task: Task,
  history: readonly AskedQuestion[],
): DraftQuestion[] {
  const byKey = new Map(
    aims.map((aim) => {
      const question = toQuestion(strategy, aim, task, 0);
      return [keyOf(question), question] as const;
    }),
  );
  return history.flatMap((asked) => {
    const question = byKey.get(keyOf(asked));
    return question && asked.isFinished && !asked.isUsed
      ? [{ ...question, sample: asked.sample }]
      : [];
  });
}

function toQuestion(
  strategy: TeacherStrategy,
  aim: Aim,
  task: Task,
  sample: number,
): DraftQuestion {
  return {
    aim,
    exampleId: aim.seed.example.id,
    variant: `${strategy.id} ${canonicalJson(aim.output)}`,
    sample,
    wanted: {
      kind: 'texts',
      system: (hide) => draftPrompt(strategy, hideTold(aim, task, hide), task),
      schema: draftSchema,
    },
  };
}

/** Values of an output come from the text, so that they are hidden as it is; a label is no text of anyone's. */
function hideTold(aim: Aim, { kind }: Task, hide: (text: string) => string): Aim {
  if (kind === 'classify') return aim;
  return { ...aim, seed: { ...aim.seed, told: mapTexts(aim.seed.told, hide) } };
}

function keyOf({
  exampleId,
  variant,
}: {
  readonly exampleId: number;
  readonly variant: string;
}): string {
  return `${exampleId} ${variant}`;
}
