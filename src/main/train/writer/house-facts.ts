import type { Input } from '../../../shared/domain/prediction.ts';
import { findNewFacts } from '../../values/facts/find-new-facts.ts';
import { findConstantFacts } from '../../values/facts/known-facts.ts';

/** What a house says though no text gives it: its own telephone number, its opening hours. */
export interface HouseFacts {
  /** Ids of facts, as the values' readers find them. */
  readonly constant: readonly string[];
  /** The same as words with a digit, an @ or an address, for programs that have no such readers. */
  readonly words: readonly string[];
}

/**
 * Facts that outputs of many groups state though their texts do not: others are one row's, which its copies and
 * descendants repeat, and must not be said again.
 */
export function learnHouseFacts(
  rows: readonly { readonly input: Input; readonly output: string; readonly group: string }[],
): HouseFacts {
  const groups = [...Map.groupBy(rows, ({ group }) => group).values()];
  const constant = findConstantFacts(
    groups.map((own) => own.flatMap(({ input, output }) => findNewFacts(input, output).invented)),
  );
  const counts = new Map<string, number>();
  for (const own of groups)
    for (const word of new Set(own.flatMap(({ input, output }) => listUnseenWords(input, output))))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  const enough = Math.max(FEWEST_OUTPUTS, SHARE * groups.length);
  const words = [...counts].filter(([, count]) => count >= enough).map(([word]) => word);
  return { constant, words: words.sort() };
}

const FEWEST_OUTPUTS = 3;
const SHARE = 0.01;

/** Words of an output that state something and do not stand in the text as they are: stricter than the values' readers. */
function listUnseenWords({ text, context }: Input, output: string): string[] {
  const given = context ? `${text}\n${context}` : text;
  return listStatingWords(output).filter((word) => !given.includes(word));
}

/** Words with a digit, an @ or an address in them, without the punctuation around them. */
function listStatingWords(text: string): string[] {
  return text
    .split(/\s+/u)
    .map((word) => word.replace(/^[("'[]+|[)"'\].,;:!?]+$/gu, ''))
    .filter((word) => /[0-9@]|:\/\//u.test(word));
}
