import { type ReplyTemplate, slotsOf } from '../../../shared/domain/reply.ts';
import { readReplyWords } from '../../values/replies/reply-words.ts';

const WORDS = 3;
/** Shorter words name nothing. */
const LEAST_LETTERS = 4;

/** Gives each type a name of the words that the fewest others have, in the order in which it says them. */
export function nameTypes(types: readonly Omit<ReplyTemplate, 'name'>[]): ReplyTemplate[] {
  const words = types.map(({ parts }) => [
    ...new Set(
      parts.flatMap((part) =>
        typeof part === 'string' ? readReplyWords(part).map(({ key }) => key) : [],
      ),
    ),
  ]);
  const counts = new Map<string, number>();
  for (const own of words) for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  const taken = new Set<string>();
  return types.map((type, i) => {
    const telling = words[i]!.filter((word) => word.length >= LEAST_LETTERS && !/[0-9]/.test(word));
    const chosen = telling
      .toSorted((a, b) => counts.get(a)! - counts.get(b)! || b.length - a.length)
      .slice(0, WORDS);
    const base = telling.filter((word) => chosen.includes(word)).join(' ') || 'reply';
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} ${n}`;
    taken.add(name);
    return { name, parts: type.parts };
  });
}

/** The words of a type with its slots as blanks: types with the same are one. */
export function wordingOf({ parts }: Omit<ReplyTemplate, 'name'>): string {
  const slots = slotsOf({ name: '', parts });
  return parts
    .map((part) =>
      typeof part === 'string'
        ? readReplyWords(part)
            .map(({ key }) => key)
            .join(' ')
        : `\u0000${slots.indexOf(part.slot)}`,
    )
    .join(' ');
}
