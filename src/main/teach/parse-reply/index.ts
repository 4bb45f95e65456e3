import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { listTools } from '../../../shared/domain/tools.ts';
import { createOutputValidator } from '../../lib/output-validity.ts';
import { findJson } from './find-json.ts';
import {
  type AnswerReader,
  DECLINED,
  type ParsedReply,
  type Reading,
  type Repair,
} from './parsed-reply.ts';
import { createCallReader } from './read-call.ts';
import { createLabelReader } from './read-label.ts';
import { createObjectReader } from './read-object.ts';
import { textReader } from './read-text.ts';
import { isRefusal } from './refusal.ts';

export type { ParsedReply } from './parsed-reply.ts';

const thinking = /<(think|thinking|reasoning)>[\s\S]*?(?:<\/\1>|$)/gi;

/** Reads one reply; `isCutOff`: the provider says that it ended before it was whole. */
export type ReplyParser = (
  raw: string,
  restore?: (answer: Json) => Json,
  isCutOff?: boolean,
) => ParsedReply;

/**
 * Reads replies of a teacher, tolerantly: thinking, code fences, words around JSON, broken quotes, another key,
 * another spelling of a label. Never by guessing: two different answers, an answer that is not in the list or a cut
 * in the middle of one are malformed. `restore` puts back what was replaced on the way out, before the answer is
 * compared with the task: a placeholder is no address, and the address is.
 * @throws AppError `task.invalid` when a schema of the task is not usable
 */
export function createReplyParser(task: Task): ReplyParser {
  const reader = createReader(task);
  return (raw, restore = (answer) => answer, isCutOff = false) => {
    const text = raw
      .replace(thinking, '')
      .replace(/^\uFEFF/, '')
      .trim();
    const before: Repair[] = text.length < raw.trim().length ? ['thinking'] : [];
    if (text === '')
      return { outcome: 'malformed', problem: 'the reply is empty', repairs: before };
    const reading = readReply(reader, text, restore, isCutOff);
    const repairs = [...before, ...(('output' in reading ? reading.repairs : undefined) ?? [])];
    if ('output' in reading)
      return {
        outcome: 'accepted',
        output: reading.output,
        confidence: reading.confidence ?? null,
        repairs,
      };
    if (reading.problem === DECLINED || declines(reader, text))
      return { outcome: 'refusal', problem: DECLINED, repairs };
    return { outcome: 'malformed', problem: reading.problem, repairs };
  };
}

function createReader(task: Task): AnswerReader {
  switch (task.kind) {
    case 'classify':
      return createLabelReader(task.labels ?? []);
    case 'extract':
      return createObjectReader(createOutputValidator(task), task.schema);
    case 'tools':
      return createCallReader(listTools(task), createOutputValidator(task));
    case 'rewrite':
      return textReader;
  }
}

function readReply(
  reader: AnswerReader,
  text: string,
  restore: (answer: Json) => Json,
  isCutOff: boolean,
): Reading {
  const found = findJson(text);
  const readings = found.map(({ value, source, isCutOff, repairs }): Reading => {
    const reading = reader.fromJson(restore(value), { isCutOff, source });
    return 'output' in reading
      ? { ...reading, repairs: [...repairs, ...(reading.repairs ?? [])] }
      : reading;
  });
  const answers = readings.filter((reading) => 'output' in reading);
  const distinct = new Set(answers.map(({ output }) => canonicalJson(output)));
  if (distinct.size > 1) return { problem: 'there is more than one answer' };
  // One value may say two things while another says one of them.
  const contradiction = readings.find(
    (reading) => 'problem' in reading && reading.problem.startsWith('there is more than one'),
  );
  if (contradiction) return contradiction;
  if (answers[0]) return answers[0];
  // Brackets among words need not be JSON: "see [1]".
  const isMeantAsJson = found.some((each) => !each.repairs.includes('prose'));
  if (isMeantAsJson) return readings[0]!;
  if (declines(reader, text)) return { problem: DECLINED };
  return (
    reader.fromText(String(restore(text)), isCutOff) ??
    readings[0] ?? { problem: 'there is no answer in it' }
  );
}

function declines(reader: AnswerReader, text: string): boolean {
  return (reader.isRefusal ?? isRefusal)(text);
}
