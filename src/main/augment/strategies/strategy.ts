import type { Json } from '../../../shared/domain/json.ts';
import type { Task, TaskKind } from '../../../shared/domain/task.ts';
import type { Rng } from '../../lib/rng.ts';
import type { Example } from '../../store/examples.ts';

/** A real row that a new one is made from: it has a valid label and nothing of it is held out. */
export interface Seed {
  readonly example: Example;
  readonly output: Json;
  /** The output as a teacher may be told it: without fields that a table fills. */
  readonly told: Json;
}

/** What a strategy wants to be made of a seed. */
export interface Aim {
  readonly seed: Seed;
  /** The output that the new text must have. */
  readonly output: Json;
}

/** Two labels that are taken for each other. */
export interface Confusion {
  readonly given: string;
  readonly answered: string;
  /** How often, or how surely; larger is worse. */
  readonly weight: number;
}

export interface AimContext {
  readonly task: Task;
  readonly rng: Rng;
  /** Wanted label of the new texts; undefined for any. */
  readonly label: string | undefined;
  /** The worst first; empty when nothing was measured yet. */
  readonly confusions: readonly Confusion[];
  /** Rows of each label that training has, drafts included. */
  readonly countOf: ReadonlyMap<string, number>;
}

/**
 * What a new text may resemble: `none` of the rows, or `family`: the row it was made from, since it is a disturbed copy
 * of it on purpose.
 */
export type Likeness = 'none' | 'family';

interface StrategyBase {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly kinds: readonly TaskKind[];
  readonly likeness: Likeness;
  /**
   * What the blind judge is asked about: the new text, or the seed where the new text keeps its label by construction
   * and is meant to be hard.
   */
  readonly judged: 'text' | 'seed';
  /** What to make of which seeds, the most wanted first; a seed may come more than once. */
  aim(seeds: readonly Seed[], context: AimContext): readonly Aim[];
}

/** A strategy that makes texts here, without a teacher. */
export interface LocalStrategy extends StrategyBase {
  readonly maker: 'rules';
  /** A new text, or undefined when this seed allows none. The same numbers give the same text. */
  make(aim: Aim, context: { readonly task: Task; readonly rng: Rng }): string | undefined;
}

/** A strategy that asks the teacher, of one permitted seed at a time. */
export interface TeacherStrategy extends StrategyBase {
  readonly maker: 'teacher';
  /** How many texts are asked for at once. */
  readonly textsPerQuestion: number;
  /** The assignment in words; the seed's text is shown beside it. Names labels, quotes no row, and of an output `told`. */
  assignment(aim: Aim, task: Task): string;
}

/** A way to make new rows. To add one: a file beside this one and a line in `index.ts`. */
export type Strategy = LocalStrategy | TeacherStrategy;

/** Every seed once, keeping its output: the aim of strategies that keep the label. */
export function keepOutput(seeds: readonly Seed[], { label }: AimContext): Aim[] {
  return seeds
    .filter(({ output }) => label === undefined || output === label)
    .map((seed) => ({ seed, output: seed.output }));
}

/** The texts in an output that must stay readable in a new text, in lower case. */
export function protectedWords(output: Json, task: Task): ReadonlySet<string> {
  const words = new Set<string>();
  const walk = (value: Json): void => {
    if (typeof value === 'string' || typeof value === 'number')
      for (const word of String(value)
        .toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
        words.add(word);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  // The label of a class is no part of the text.
  if (task.kind !== 'classify') walk(output);
  return words;
}
