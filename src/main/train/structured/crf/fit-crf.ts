import type { Work } from '../../../lib/work.ts';
import { featuriseAll } from '../../features/featuriser.ts';
import { fitVocabulary, type Vocabulary } from '../../features/vocabulary.ts';
import type { LinearModel } from '../../students/linear/linear-model.ts';
import type { StructuredSet } from '../structured-student.ts';
import { splitWords } from '../words/words.ts';
import { type Decoder, planTags } from './decoder.ts';
import { fitHeads } from './heads/fit-heads.ts';
import { countColumns, planHeads } from './heads/heads.ts';
import { dealHeldOut, findNamedOutside } from './heads/held-out.ts';
import { createMentionReader, hasNames, listAnswerNames } from './heads/mentions.ts';
import type { FeatureLists } from './text-reader.ts';
import { fitWordTagger } from './word-tagger.ts';

/** The heads' table stays within a quarter of a gigabyte, however many choices a schema lists. */
const MOST_HEAD_WEIGHTS = 2 ** 26;

/** A trained student. Shapes: emissions.weights [F, T], headModel.weights [n-grams, columns of the heads]. */
export interface CrfModel {
  readonly lists: FeatureLists;
  readonly emissions: LinearModel;
  readonly headModel: LinearModel;
  readonly decoder: Decoder;
}

/** Trains the tags of words, and a linear machine on n-grams for each choice. */
export async function fitCrf(
  { plan, rows: given }: StructuredSet,
  seed: number,
  work: Work,
): Promise<CrfModel> {
  const tagSet = planTags(plan);
  const heads = planHeads(plan);
  const answerNames = listAnswerNames(plan, heads);
  const readMentions = createMentionReader(answerNames);
  const rows = given.map((row) => ({ row, mentions: readMentions(splitWords(row.input.text)) }));
  const { gazetteer, vocabulary, emissions, transitions } = await fitWordTagger(
    rows,
    tagSet,
    heads,
    seed,
    work,
  );

  const inputs = given.map(({ input }) => input);
  const textVocabulary = keepFrequent(await fitVocabulary(inputs, work), countColumns(heads));
  const matrix = await featuriseAll(textVocabulary, inputs, work);
  const folds = dealHeldOut(rows, seed);
  const named: Float32Array[][] = [];
  for (const fold of folds)
    named.push(
      plan.slots.some(hasNames)
        ? await findNamedOutside(rows, fold, tagSet, heads, seed, work)
        : fold.outside.map(() => new Float32Array(answerNames.length)),
    );
  const { model: headModel, calibrations } = await fitHeads(
    heads,
    { rows, matrix, folds, named },
    seed,
    work,
  );

  const decoder: Decoder = { tagSet, transitions, heads, calibrations, answerNames };
  return { lists: { gazetteer, vocabulary, textVocabulary }, emissions, headModel, decoder };
}

/** The n-grams that a table of so many columns has room for; they come most frequent first. */
function keepFrequent({ hashes, weights }: Vocabulary, columns: number): Vocabulary {
  const most = Math.floor(MOST_HEAD_WEIGHTS / columns);
  return { hashes: hashes.slice(0, most), weights: weights.slice(0, most) };
}
