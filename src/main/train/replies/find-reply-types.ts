import { setImmediate } from 'node:timers/promises';
import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import { throwIfCancelled } from '../../../shared/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import type { Work } from '../../lib/work.ts';
import { createStandsIn } from '../../values/facts/stands-in.ts';
import { createReplyReader, type ReadReply } from '../../values/replies/read-reply.ts';
import { clusterRows } from './cluster-rows.ts';
import { type DraftType, draftTypes } from './draft-types.ts';
import { FEWEST_ROWS, MOST_ROWS, MOST_TYPES, MOST_WORDS } from './limits.ts';
import { nameSlots } from './name-slots.ts';
import { nameTypes, wordingOf } from './name-types.ts';
import { type AnsweredText, createRowReader } from './reply-row.ts';

/** A row's reply by the types that were found. */
export interface TypedReply extends ReadReply {
  /** Each value stands in the row's text. */
  readonly isGrounded: boolean;
}

export interface ReplyTypes {
  /** The one that the most rows follow first. */
  readonly templates: readonly ReplyTemplate[];
  /** Undefined for a reply that follows no type. Shapes: as the rows. */
  readonly replies: readonly (TypedReply | undefined)[];
}

/**
 * Finds in what words the replies are said, and where in them stands what each text gives anew. The same rows give the
 * same types, in whatever order they come. Each type is said in the words of one row.
 */
export async function findReplyTypes(
  rows: readonly AnsweredText[],
  work: Work,
): Promise<ReplyTypes> {
  const standsIn = createStandsIn();
  const toRow = createRowReader(standsIn);
  const compared = sample(rows)
    .map(toRow)
    .filter(({ tokens }) => tokens.length <= MOST_WORDS);
  const drafts: DraftType[] = [];
  for (const own of await clusterRows(compared, work)) {
    drafts.push(...draftTypes(own, standsIn));
    throwIfCancelled(work.signal);
    await setImmediate();
  }
  const distinct = Map.groupBy(nameSlots(drafts), wordingOf);
  const candidates = [...distinct.values()].map(([first]) => ({ name: '', ...first! }));

  const readAll = (templates: readonly ReplyTemplate[]) => {
    const read = createReplyReader(templates);
    return rows.map((row): TypedReply | undefined => {
      const found = read(row.output);
      return (
        found && { ...found, isGrounded: found.values.every(({ value }) => standsIn(row, value)) }
      );
    });
  };
  work.report({ done: 0, total: null, message: 'Reading the replies by their types' });
  await setImmediate();
  throwIfCancelled(work.signal);
  const kept = keepFollowed(candidates, readAll(candidates));
  const templates = nameTypes(kept);
  return { templates, replies: readAll(templates) };
}

/** The types that enough rows follow, each value in its text; the most followed first. */
function keepFollowed(
  candidates: readonly ReplyTemplate[],
  replies: readonly (TypedReply | undefined)[],
): ReplyTemplate[] {
  const counts = candidates.map(() => 0);
  for (const reply of replies) if (reply?.isGrounded) counts[reply.type]!++;
  const wordings = candidates.map(wordingOf);
  return [...candidates.keys()]
    .filter((type) => counts[type]! >= FEWEST_ROWS)
    .sort((a, b) => counts[b]! - counts[a]! || (wordings[a]! < wordings[b]! ? -1 : 1))
    .slice(0, MOST_TYPES)
    .map((type) => candidates[type]!);
}

/** Rows to look for types in: of very many those whose hashes are least. */
function sample(rows: readonly AnsweredText[]): readonly AnsweredText[] {
  if (rows.length <= MOST_ROWS) return rows;
  return rows
    .map((row) => ({ row, hash: sha256(`${row.text}\u0000${row.output}`) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1))
    .slice(0, MOST_ROWS)
    .map(({ row }) => row);
}
