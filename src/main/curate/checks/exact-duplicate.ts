import { defineCheck, inputOf, isKin, type Score } from '../check.ts';
import { normalise } from '../duplicates/normalise.ts';

export const exactDuplicateCheck = defineCheck({
  id: 'exact-duplicate',
  title: 'Exact duplicates',
  explanation:
    'The text equals an earlier one but for case, spaces and punctuation. Keep one of them; their labels should agree.',
  threshold: 0.5,
  async run({ examples }) {
    const firsts = new Map<string, number>();
    const scores: Score[] = [];
    for (const [index, example] of examples.entries()) {
      if (example.status === 'rejected') continue;
      const form = normalise(inputOf(example));
      const first = firsts.get(form);
      if (first === undefined) firsts.set(form, index);
      else if (!isKin(example, examples[first]!)) {
        const other = examples[first]!;
        const isIdentical = other.contentHash === example.contentHash;
        scores.push({
          exampleId: example.id,
          otherId: other.id,
          score: 0,
          evidence: { isIdentical, hasSameLabel: hasSameLabel(example, other) },
        });
      }
    }
    return scores;
  },
});

function hasSameLabel(
  a: { readonly label: { readonly output: unknown } | undefined },
  b: { readonly label: { readonly output: unknown } | undefined },
): boolean {
  return JSON.stringify(a.label?.output) === JSON.stringify(b.label?.output);
}
