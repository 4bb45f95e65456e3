import type { Input, Prediction } from '../../../shared/domain/prediction.ts';
import { findNewFacts } from '../../values/facts/find-new-facts.ts';
import { createKnownFacts, type KnownFacts } from '../../values/facts/known-facts.ts';
import type { Generator } from './generate.ts';
import { toPromptText } from './prompt-text.ts';
import type { WriterTokenizer } from './text-tokenizer.ts';
import type { WriterFile } from './writer-file.ts';

/** Nothing is said: a person writes. */
const NOTHING = '';

/** Writes answers to texts: drafts, since nothing says that free text is right. */
export interface Drafter {
  draft(input: Input): Promise<Prediction>;
}

/**
 * An answer is refused, and left to a person from the start, when it has no end, when the text is too long to be read
 * whole, or when it states a number, date, amount, code or address that the text does not give and that is not the
 * house's. Confidence is exp of the mean of ln p over its tokens; it is not calibrated.
 */
export function createDrafter(
  generator: Generator,
  tokenizer: Pick<WriterTokenizer, 'encode' | 'decode'>,
  file: WriterFile,
): Drafter {
  const { constant, instructions } = file.house;
  const known: KnownFacts = createKnownFacts({ constant, text: instructions });
  return {
    async draft(input) {
      const prompt = [...file.before, ...tokenizer.encode(toPromptText(input)), ...file.after];
      const mostTokens = Math.min(file.mostTokens, file.maxLength - prompt.length);
      const refused = { output: NOTHING, confidence: 0, isDraft: true } as const;
      if (mostTokens < 1) return refused;
      const written = await generator.write(prompt, { stopIds: file.stopIds, mostTokens });
      const output = tokenizer.decode(written.ids).trim();
      const isUsable =
        written.isWhole &&
        output !== NOTHING &&
        findNewFacts(input, output, known).invented.length === 0;
      if (!isUsable) return refused;
      return { output, confidence: Math.exp(written.meanLogProbability), isDraft: true };
    },
  };
}
