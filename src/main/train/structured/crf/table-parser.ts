import { pauseWhenDue } from '../../pause.ts';
import { scoreRows } from '../../students/linear/one-vs-rest.ts';
import type { FormPlan, Parse, Parser } from '../structured-student.ts';
import type { Decoder } from './decoder.ts';
import { createParseReader } from './parse.ts';
import type { Tables } from './tables.ts';
import { createTextReader, type FeatureLists } from './text-reader.ts';

/** Parses text after text with the tables at hand. */
export function createTableParser(
  plan: FormPlan,
  decoder: Decoder,
  lists: FeatureLists,
  { emissions, headModel }: Tables,
): Parser {
  const read = createTextReader(lists);
  const toParse = createParseReader(plan, decoder);
  return {
    async parse(inputs, { signal }) {
      const pause = pauseWhenDue(signal);
      const parses: Parse[] = [];
      for (const input of inputs) {
        const { words, wordMatrix, textMatrix } = read(input);
        parses.push(
          toParse(words, {
            emissions: scoreRows(wordMatrix, emissions),
            scores: scoreRows(textMatrix, headModel),
            unseenShare: textMatrix.unseenShares[0]!,
          }),
        );
        await pause();
      }
      return parses;
    },
  };
}
