import { defineCheck, inputOf, isKin } from '../check.ts';
import { findNearDuplicates } from '../duplicates/find-near-duplicates.ts';

export const nearDuplicateCheck = defineCheck({
  id: 'near-duplicate',
  title: 'Near-duplicates',
  explanation:
    'Two texts say the same: equal but for typing errors, greetings, word order, synonyms or a small word. Texts that differ in a number, a day, a negation or the thing they are about are not reported. Pairs go to one split together.',
  threshold: 0.6,
  async run({ examples }, work) {
    const kept = examples.filter(({ status }) => status !== 'rejected');
    const pairs = await findNearDuplicates(kept.map(inputOf), {}, work);
    const unrelated = pairs.filter(({ a, b }) => !isKin(kept[a]!, kept[b]!));
    return unrelated.map(({ a, b, similarity, edits }) => ({
      exampleId: kept[b]!.id,
      otherId: kept[a]!.id,
      score: 1 - similarity,
      evidence: { similarity, edits },
    }));
  },
});
