import { canonicalJson } from '../../../shared/domain/json.ts';
import { NO_REPLY, type ReplyTemplate } from '../../../shared/domain/reply.ts';
import { createStandsIn, type Source } from '../facts/stands-in.ts';
import { fold } from '../text/fold.ts';
import { createReplyReader } from './read-reply.ts';

/**
 * Says when a reply is right: of the reference's type and with the same values, or in the same words. A reference that
 * follows no type, or has a value that its text does not give, is rightly left to a person, which is what `NO_REPLY` means.
 */
export interface ReplyJudge {
  isRight(source: Source, reply: string, reference: string): boolean;
  /** Whether a reference follows a type, each of its values in its text. */
  isSayable(source: Source, reference: string): boolean;
}

export function createReplyJudge(templates: readonly ReplyTemplate[]): ReplyJudge {
  const read = createReplyReader(templates);
  const standsIn = createStandsIn();
  // References are asked for again by each that is measured.
  const known = new Map<string, string | null>();

  /** Type and values; null where no type says it, or not from this text. */
  function meaningOf(source: Source, reply: string): string | null {
    const found = read(reply);
    if (!found?.values.every(({ value }) => standsIn(source, value))) return null;
    const values = Object.fromEntries(found.values.map(({ slot, value }) => [slot, fold(value)]));
    return canonicalJson([templates[found.type]!.name, values]);
  }

  function meaningOfReference(source: Source, reference: string): string | null {
    const key = `${source.text}\u0000${source.referenceDate ?? ''}\u0000${reference}`;
    let meaning = known.get(key);
    if (meaning === undefined) {
      meaning = meaningOf(source, reference);
      known.set(key, meaning);
    }
    return meaning;
  }

  return {
    isRight(source, reply, reference) {
      const wanted = meaningOfReference(source, reference);
      if (reply === NO_REPLY) return wanted === null;
      if (fold(reply) === fold(reference)) return true;
      return wanted !== null && meaningOf(source, reply) === wanted;
    },
    isSayable: (source, reference) => meaningOfReference(source, reference) !== null,
  };
}
