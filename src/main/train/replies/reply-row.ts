import type { FactKind } from '../../values/facts/fact.ts';
import { findFacts } from '../../values/facts/find-facts.ts';
import type { Source, StandsIn } from '../../values/facts/stands-in.ts';
import { type ReplyWord, readReplyWords } from '../../values/replies/reply-words.ts';
import { fold } from '../../values/text/fold.ts';

/** A text with the reply that someone wrote to it. */
export interface AnsweredText extends Source {
  readonly output: string;
  /** A person wrote or approved the reply. */
  readonly isHuman: boolean;
  /** Rows that come from one have the same. */
  readonly group: string;
}

/** A word or a fact of a reply. */
export interface ReplyToken extends ReplyWord {
  /** What kind of fact; undefined for a word. */
  readonly fact?: FactKind;
  /** The text has it, too. */
  readonly isInText: boolean;
}

/** A reply taken apart, to be compared with others. */
export interface ReplyRow extends AnsweredText {
  readonly tokens: readonly ReplyToken[];
  /** Its words with facts and whatever its text has as blanks: rows with the same say it in the same words. */
  readonly skeleton: string;
}

export function createRowReader(standsIn: StandsIn) {
  return (row: AnsweredText): ReplyRow => {
    const { output } = row;
    const { facts } = findFacts(output);
    const inText = new Set(readReplyWords(row.text).map(({ key }) => key));
    const words = readReplyWords(output)
      .filter((word) => !facts.some(({ start, end }) => word.start < end && start < word.end))
      .map((word): ReplyToken => ({ ...word, isInText: inText.has(word.key) }));
    const found = facts.map(({ kind, start, end }): ReplyToken => {
      const value = output.slice(start, end);
      const isInText = standsIn(row, value);
      return { start, end, key: fold(value), isWeighty: true, isName: false, fact: kind, isInText };
    });
    const tokens = [...words, ...found].sort((a, b) => a.start - b.start);
    const skeleton = tokens.map((token) => (isOpen(token) ? '\u0000' : token.key)).join(' ');
    return { ...row, tokens, skeleton };
  };
}

/** Whether a token may be a value: a fact or a name that the text gives. */
export const isOpen = ({ fact, isName, isInText }: ReplyToken): boolean =>
  isInText && (fact !== undefined || isName);
