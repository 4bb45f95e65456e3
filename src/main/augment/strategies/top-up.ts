import type { Aim, AimContext, Seed, TeacherStrategy } from './strategy.ts';

/** More texts for the labels that have the fewest. */
export const topUp: TeacherStrategy = {
  id: 'top-up',
  title: 'Top-up of small classes',
  explanation:
    'New messages for the labels with the fewest rows, from a row of the label, or from any other in whose style to write.',
  maker: 'teacher',
  kinds: ['classify'],
  likeness: 'none',
  judged: 'text',
  textsPerQuestion: 3,
  aim: aimAtSmallest,
  assignment: ({ seed, output }) =>
    seed.output === output
      ? `The right label of the input below is ${JSON.stringify(output)}. Write new messages with the same label, each about a situation of its own, in the language and style of the input. Name no label in the text.`
      : `Write new messages for which the right label is ${JSON.stringify(output)}, each about a situation of its own. The input below has another label, ${JSON.stringify(seed.output)}: take only its language and style. Name no label in the text.`,
};

/** Gives each next question to the label that has the fewest rows by then, those asked for counted in. */
function aimAtSmallest(seeds: readonly Seed[], { task, label, countOf }: AimContext): Aim[] {
  if (seeds.length === 0) return [];
  const labels = label === undefined ? (task.labels ?? []) : [label];
  const queues = new Map(
    labels.map((each) => {
      const own = seeds.filter(({ output }) => output === each);
      return [each, own.length > 0 ? own : seeds] as const;
    }),
  );
  const counts = new Map(labels.map((each) => [each, countOf.get(each) ?? 0]));
  const used = new Map<string, number>();
  const total = seeds.length;
  return Array.from({ length: total }, () => {
    const smallest = labels.reduce((a, b) => (counts.get(b)! < counts.get(a)! ? b : a));
    const queue = queues.get(smallest)!;
    const place = used.get(smallest) ?? 0;
    used.set(smallest, place + 1);
    counts.set(smallest, counts.get(smallest)! + topUp.textsPerQuestion);
    return { seed: queue[place % queue.length]!, output: smallest };
  });
}
