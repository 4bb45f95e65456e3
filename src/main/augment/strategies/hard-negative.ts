import type { Aim, AimContext, Seed, TeacherStrategy } from './strategy.ts';
import { pick } from './words.ts';

/** The smallest change that makes another label right, aimed at labels that are taken for each other. */
export const hardNegative: TeacherStrategy = {
  id: 'hard-negative',
  title: 'Hard negatives',
  explanation:
    'A text changed as little as possible so that another label becomes right: the one it is most often taken for.',
  maker: 'teacher',
  kinds: ['classify'],
  likeness: 'none',
  judged: 'text',
  textsPerQuestion: 2,
  aim: aimAtConfusions,
  assignment: ({ seed, output }) =>
    `The input below has the label ${JSON.stringify(seed.output)}. Change as few of its words as possible so that the right label becomes ${JSON.stringify(output)} and ${JSON.stringify(seed.output)} becomes wrong. Keep its style, length and tone. Name no label in the text.`,
};

/**
 * Deals seeds to confusions by their weight, both ways round: a text of the one label becomes one of the other. Without
 * any confusion known, every seed aims at a label drawn at random.
 */
function aimAtConfusions(seeds: readonly Seed[], context: AimContext): Aim[] {
  const { confusions, label, task, rng } = context;
  const wanted = confusions
    .flatMap(({ given, answered, weight }) => [
      { from: given, to: answered, weight },
      { from: answered, to: given, weight },
    ])
    .filter(({ from, to }) => from !== to && (label === undefined || to === label));
  if (wanted.length === 0)
    return seeds.flatMap((seed) => {
      const others = (task.labels ?? []).filter((each) => each !== seed.output);
      const output = label ?? pick(others, rng);
      return output === seed.output ? [] : [{ seed, output }];
    });
  const byLabel = Map.groupBy(seeds, (seed) => seed.output);
  const queues = wanted.flatMap(({ from, to, weight }) =>
    (byLabel.get(from) ?? []).map((seed, place) => ({
      aim: { seed, output: to },
      // The n-th seed of a pair comes when n / weight is reached: pairs take turns in proportion to their weights.
      turn: (place + 1) / Math.max(weight, Number.EPSILON),
    })),
  );
  return queues.sort((a, b) => a.turn - b.turn).map(({ aim }) => aim);
}
