import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import type { TeachOutcome } from '../../shared/contract/teach.ts';
import type { Task } from '../../shared/domain/task.ts';
import { throwIfCancelled } from '../../shared/errors.ts';
import { toFileError } from '../lib/files.ts';
import { sha256 } from '../lib/hash.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { createReplyParser } from './parse-reply/index.ts';
import { toPlainWords } from './plain-words.ts';
import { readAnswer, recordAnswer } from './record-answer.ts';
import { readReplyLine } from './reply-line.ts';
import { createTally } from './result.ts';

/** What reading replies did; nothing is sent. */
export interface RepliesResult extends TeachOutcome {
  /** Lines that an earlier run had recorded. */
  readonly alreadyRecorded: number;
  /** The first lines that could not be used, with why. */
  readonly failures: readonly { readonly line: number; readonly reason: string }[];
}

const LINES_PER_TRANSACTION = 100;
const MAX_FAILURES_LISTED = 100;

/**
 * Records a teacher's answers from a file: {"id", "raw"} a line, or the results of a batch as OpenAI and Anthropic hand them out. Nothing leaves, so
 * private rows and the holdout are welcome. A line that was recorded before is not recorded again.
 * @throws AppError `file.missing`, `app.cancelled`
 */
export async function teachFromReplies(
  store: Store,
  task: Task,
  path: string,
  work: Work,
): Promise<RepliesResult> {
  const parse = createReplyParser(task);
  const teacher = `replies:${basename(path)}`;
  const tally = createTally();
  const failures: { line: number; reason: string }[] = [];
  /** How often each reply to each example stood in this file so far: equal votes are votes. */
  const timesSeen = new Map<string, number>();
  let alreadyRecorded = 0;

  const fail = (line: number, reason: string) => {
    tally.failed++;
    if (failures.length < MAX_FAILURES_LISTED)
      failures.push({ line, reason: toPlainWords(reason) });
  };
  const record = (line: number, text: string) => {
    tally.requested++;
    const reply = readReplyLine(text);
    if ('problem' in reply) return fail(line, reply.problem);
    const example = store.examples.findByExternalId(reply.id);
    if (!example) return fail(line, `there is no example with the id "${reply.id}"`);
    const key = `${example.id} ${sha256(reply.raw)}`;
    const times = (timesSeen.get(key) ?? 0) + 1;
    timesSeen.set(key, times);
    if (store.replies.countFromFile(example.id, reply.raw) >= times) alreadyRecorded++;
    else {
      const answered = { exampleId: example.id, teacher, raw: reply.raw, ending: reply.ending };
      recordAnswer(store, answered, readAnswer(answered, parse), tally);
    }
  };

  let line = 0;
  for await (const batch of batches(path)) {
    throwIfCancelled(work.signal);
    store.transaction(() => {
      for (const text of batch) {
        line++;
        if (text.trim() !== '') record(line, text);
      }
    });
    work.report({ done: line, total: null, message: "Reading the teacher's replies" });
    await setImmediate();
  }
  return { ...tally, alreadyRecorded, failures };
}

async function* batches(path: string): AsyncGenerator<string[]> {
  let batch: string[] = [];
  try {
    const input = createReadStream(path, 'utf8');
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      batch.push(text);
      if (batch.length < LINES_PER_TRANSACTION) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    throw toFileError(error, path);
  }
  if (batch.length > 0) yield batch;
}
