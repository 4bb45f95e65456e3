import type { SparseMatrix } from '../../features/featuriser.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { LinearModel } from '../../students/linear/linear-model.ts';
import { scoreRows } from '../../students/linear/one-vs-rest.ts';
import type { FormPlan, Parse, Parser } from '../structured-student.ts';
import type { Decoder } from './decoder.ts';
import { createParseReader } from './parse.ts';
import type { Tables } from './tables.ts';
import { listFrameTags } from './tags.ts';
import { createTextReader, type FeatureLists } from './text-reader.ts';

/** Parses text after text with the tables at hand. */
export function createTableParser(
  plan: FormPlan,
  decoder: Decoder,
  lists: FeatureLists,
  { emissions, headModel }: Tables,
): Parser {
  const read = createTextReader(lists);
  const frameTags = listFrameTags(decoder.tagSet);
  const toParse = createParseReader(plan, decoder);
  return {
    async parse(inputs, { signal }) {
      const pause = pauseWhenDue(signal);
      const parses: Parse[] = [];
      for (const input of inputs) {
        const { words, wordMatrix, textMatrix } = read(input);
        parses.push(
          toParse(words, {
            emit: (frame) => scoreTags(wordMatrix, emissions, frameTags[frame]!),
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

/** What words score as some of the tags; as the others, 0. Shapes: matrix [L, F] -> [L, T]. */
function scoreTags(
  { rows, starts, indices, values }: SparseMatrix,
  { weights, biases, classCount }: LinearModel,
  tags: Int32Array,
): Float32Array {
  const scores = new Float32Array(rows * classCount);
  for (let w = 0; w < rows; w++)
    for (const tag of tags) {
      let sum = biases[tag]!;
      for (let k = starts[w]!; k < starts[w + 1]!; k++)
        sum += values[k]! * weights[indices[k]! * classCount + tag]!;
      scores[w * classCount + tag] = sum;
    }
  return scores;
}
