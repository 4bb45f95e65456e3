import type { Parse } from './structured-student.ts';

/** Probabilities nearer to 0 and 1 than this say no more. */
const LEAST = 1e-6;

/** What the confidence of a whole output is computed from. Units: natural logarithms, of odds or probabilities. */
export const evidenceNames = [
  /** Odds of the product of all probabilities, and of the least of them. */
  'product',
  'weakest',
  'frame',
  'path',
  'choices',
  /** Share of the input never met, in [0, 1]. */
  'unseen',
  /** How many values it has. */
  'values',
] as const;
export type EvidenceName = (typeof evidenceNames)[number];
export type Evidence = Readonly<Record<EvidenceName, number>>;

export function toEvidence({
  frameProbability,
  pathProbability,
  spans,
  choices,
  unseenShare,
}: Parse): Evidence {
  const ofChoices = choices.reduce((product, { probability }) => product * probability, 1);
  const parts = [
    frameProbability,
    ...spans.map(({ probability }) => probability),
    ...choices.map(({ probability }) => probability),
  ];
  return {
    product: logOdds(frameProbability * pathProbability * ofChoices),
    weakest: logOdds(Math.min(pathProbability, ...parts)),
    frame: Math.log(clamp(frameProbability)),
    path: Math.log(clamp(pathProbability)),
    choices: Math.log(clamp(ofChoices)),
    unseen: unseenShare,
    values: spans.length + choices.filter(({ chosen }) => chosen.length > 0).length,
  };
}

function logOdds(probability: number): number {
  const p = clamp(probability);
  return Math.log(p / (1 - p));
}

function clamp(probability: number): number {
  return Math.min(1 - LEAST, Math.max(LEAST, probability));
}
