import { percent } from '../../lib/percent.ts';
import type { Example } from '../../store/examples.ts';
import { type CheckContext, defineCheck, isOddOnPurpose, type Score } from '../check.ts';
import { createRepetitionJudge } from '../synthetic/find-repetition.ts';
import { judgeRealism } from '../synthetic/judge-realism.ts';

/** A row that repeats others is worth little, however real it looks. */
const REPEATS = 0.15;

/** Fewer rows of a strategy say little of how real it looks as a whole. */
export const MIN_RANKS = 20;

/** What the check keeps of each row that the quality gate is made of. */
export type SyntheticEvidence = {
  readonly strategy: string | null;
  /** Share of the real rows of its class that look less synthetic. */
  readonly rank: number;
};

export const syntheticCheck = defineCheck({
  id: 'synthetic',
  title: 'Synthetic look',
  explanation:
    'A made record is plainly none of the real ones of its label, or repeats other made ones: a student learns how they sound instead of what they mean. The score is how real it looks to a classifier that was trained without it, as far as that tells them at all. Set the most obvious aside, or make others from more varied seeds.',
  threshold: 0.2,
  async run(context, work) {
    const { examples, tools } = context;
    const synthetic = examples.filter(
      (one) =>
        one.origin === 'synthetic' && one.status !== 'rejected' && !isOddOnPurpose(one, tools),
    );
    if (synthetic.length === 0) return [];
    const real = examples.filter((one) => one.origin === 'real' && one.status !== 'rejected');
    const judged = await judgeRealism(context, synthetic, (one) => classOf(context, one), work);
    // A classifier that hardly tells them apart is not believed of one row either: 2 AUROC - 1 is 0 for chance.
    const auroc = judged.reduce((sum, { rank }) => sum + rank, 0) / judged.length;
    const skill = Math.max(0, 2 * auroc - 1);
    const repetitionOf = createRepetitionJudge(synthetic, real);
    return judged.map(({ example, probability, rank }): Score => {
      const repetition = repetitionOf(example);
      const looks = 0.5 - (probability - 0.5) * skill;
      return {
        exampleId: example.id,
        score: repetition.length > 0 ? Math.min(looks, REPEATS) : looks,
        evidence: {
          strategy: example.strategy,
          rank: round(rank),
          reasons: [
            `Taken for synthetic with a probability of ${percent(probability)}; ${percent(rank)} of the real records look less so.`,
            ...repetition,
          ],
        },
      };
    });
  },
});

/** Rows are compared within a label, or a function; among all where outputs are neither. */
function classOf({ task }: CheckContext, { label }: Example): string {
  if (!label?.isValid) return '';
  if (task.kind === 'classify') return String(label.output);
  // A valid output of tools is null, or a call with its name.
  if (task.kind === 'tools') return (label.output as { name: string } | null)?.name ?? '';
  return '';
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
