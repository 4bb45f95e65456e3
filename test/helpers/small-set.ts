import { createRng } from '../../src/main/lib/rng.ts';
import type { TrainingSet } from '../../src/main/train/students/student.ts';

const frames = [
  'please {} now',
  'can you {} for me?',
  'I want to {} today',
  'how do I {}',
  'hello, {} thanks',
  'my friend said I could {} here',
];
const wishes: Readonly<Record<string, readonly string[]>> = {
  card: ['order a new card', 'replace my lost card', 'block the stolen card', 'activate my card'],
  money: ['send money abroad', 'transfer some money', 'move money to savings', 'wire money home'],
  weather: ['know if it rains', 'see the forecast', 'check the weather', 'hear about snow'],
  nothing: ['tell a joke', 'sing a song', 'play chess', 'talk about life'],
};

/** Short made-up requests of four kinds, the same for the same seed. */
export function smallTexts(rows: number, seed = 1): { text: string; label: string }[] {
  const rng = createRng(seed);
  const labels = Object.keys(wishes);
  return Array.from({ length: rows }, (_, i) => {
    const label = labels[i % labels.length]!;
    const wish = wishes[label]![rng.integer(4)]!;
    const frame = frames[rng.integer(frames.length)]!;
    return { text: `${frame.replace('{}', wish)} ${rng.integer(30)}`, label };
  });
}

export const smallLabels: readonly string[] = Object.keys(wishes);

export function smallSet(rows: number, seed = 1): TrainingSet {
  const texts = smallTexts(rows, seed);
  return {
    classes: smallLabels,
    inputs: texts.map(({ text }) => ({ text })),
    targets: texts.map(({ label }) => smallLabels.indexOf(label)),
    weights: texts.map(() => 1),
  };
}
