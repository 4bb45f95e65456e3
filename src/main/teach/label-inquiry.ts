import type { Task } from '../../shared/domain/task.ts';
import type { Store } from '../store/store.ts';
import { createAnswerSchema } from './answer-schema.ts';
import { createReplyParser } from './parse-reply/index.ts';
import { createPrompt } from './prompt.ts';
import type { Inquiry } from './question.ts';
import { readAnswer, recordAnswer } from './record-answer.ts';
import type { Tally } from './result.ts';

/** Asks for the output of an example and keeps it as the teacher's label. @throws AppError `task.invalid` */
export function createLabelInquiry(store: Store, task: Task, tally: Tally): Inquiry {
  const schema = createAnswerSchema(task);
  const parse = createReplyParser(task);
  return {
    word: (_question, input) => ({ prompt: createPrompt(task, input), schema }),
    record: (_question, answered) =>
      recordAnswer(store, answered, readAnswer(answered, parse), tally),
  };
}
