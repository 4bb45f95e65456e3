import { findNothing } from '../../../shared/domain/lookup.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Work } from '../../lib/work.ts';
import type { Store } from '../../store/store.ts';
import type { CheckpointFolder } from '../checkpoint.ts';
import { trainParser } from '../structured/train-parser.ts';
import type { Trained, TrainRequest } from '../trained.ts';
import { gatherReplies } from './gather-replies.ts';
import { FEWEST_ROWS } from './limits.ts';

/**
 * Trains a student that replies in the words of its training rows: which type of reply a text gets is learnt, and where
 * the values stand that are put into it; the words of each type are one row's.
 * @throws AppError `app.usage`, `train.data`, `train.memory`, `app.cancelled`
 */
export async function trainReplies(
  store: Store,
  task: Task,
  request: TrainRequest,
  checkpoints: CheckpointFolder,
  work: Work,
): Promise<Trained> {
  const { templates, form, gathered, learning } = await gatherReplies(store, work);
  if (gathered.rows.length > 0 && templates.length === 0)
    throw new AppError(
      'train.data',
      `No type of reply was found: no ${FEWEST_ROWS} of the ${learning.rows} replies are said in the same words, but for what each text gives. A student of replies says nothing of its own making. Edit replies in review to the wordings of your house, or put these wordings into the task's instructions and ask the teacher again.`,
      { details: { rows: learning.rows } },
    );
  const { following, rows, types } = learning;
  work.report({
    done: 0,
    total: null,
    message: `${following} of ${rows} replies follow ${types.length === 1 ? 'one type' : `${types.length} types`}`,
  });
  const trained = await trainParser(
    {
      form,
      gathered,
      // Facts of tables are for fields; a reply says what its text gives.
      tables: { lookups: [], find: findNothing },
      highStakes: task.highStakes ?? [],
      replies: templates,
    },
    request,
    checkpoints,
    work,
  );
  return { ...trained, replies: learning };
}
