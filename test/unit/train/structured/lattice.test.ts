import { describe, expect, test } from 'vitest';
import { createRng } from '../../../../src/main/lib/rng.ts';
import {
  createLattice,
  type Transitions,
  toSpans,
} from '../../../../src/main/train/structured/crf/lattice.ts';
import type { TagSet } from '../../../../src/main/train/structured/crf/tags.ts';

/** Three slots; frame 0 has slots 0 and 2, frame 1 all, frame 2 is "no call". */
const tagSet: TagSet = {
  count: 7,
  slots: Int32Array.of(0, 1, 2),
  frames: [Int32Array.of(0, 2), Int32Array.of(0, 1, 2), new Int32Array(0)],
  singles: Uint8Array.of(0, 0, 0),
  needed: [new Int32Array(0), new Int32Array(0), new Int32Array(0)],
};
const T = tagSet.count;

function randomParameters(seed: number, size = 1): Transitions {
  const rng = createRng(seed);
  const make = (count: number) => Float32Array.from({ length: count }, () => rng.normal() * size);
  return { transitions: make(T * T), starts: make(T), ends: make(T) };
}

function randomEmissions(seed: number, length: number, size = 1): Float32Array {
  const rng = createRng(seed);
  return Float32Array.from({ length: length * T }, () => rng.normal() * size);
}

/** Every path that the mask allows. */
function listPaths(length: number, frame: number): Int32Array[] {
  const allowed = [0, ...[...tagSet.frames[frame]!].flatMap((k) => [2 * k + 1, 2 * k + 2])];
  let paths: number[][] = [[]];
  for (let t = 0; t < length; t++)
    paths = paths.flatMap((path) =>
      allowed
        .filter(
          (tag) => tag === 0 || tag % 2 === 1 || path.at(-1) === tag || path.at(-1) === tag - 1,
        )
        .map((tag) => [...path, tag]),
    );
  return paths.map((path) => Int32Array.from(path));
}

function score(
  { transitions, starts, ends }: Transitions,
  emissions: Float32Array,
  path: Int32Array,
) {
  let sum = path.length > 0 ? starts[path[0]!]! + ends[path.at(-1)!]! : 0;
  path.forEach((tag, t) => {
    sum += emissions[t * T + tag]! + (t > 0 ? transitions[path[t - 1]! * T + tag]! : 0);
  });
  return sum;
}

function enumerate(
  parameters: Transitions,
  emissions: Float32Array,
  length: number,
  frame: number,
) {
  const paths = listPaths(length, frame);
  const scores = paths.map((path) => score(parameters, emissions, path));
  const top = Math.max(...scores);
  const logZ = top + Math.log(scores.reduce((sum, value) => sum + Math.exp(value - top), 0));
  return { paths, logZ, probabilities: scores.map((value) => Math.exp(value - logZ)) };
}

describe.each([0, 1, 2])('frame %i', (frame) => {
  test.each([0, 1, 2, 5])('agrees with all paths written out, %i words', (length) => {
    for (const size of [1, 40]) {
      const parameters = randomParameters(1, size / 10);
      const emissions = randomEmissions(2 + length, length, size);
      const lattice = createLattice(tagSet, parameters);
      const { paths, logZ, probabilities } = enumerate(parameters, emissions, length, frame);
      expect(lattice.logPartition(emissions, length, frame)).toBeCloseTo(logZ, 9);
      paths.forEach((path, i) => {
        if (probabilities[i]! > 1e-300)
          expect(lattice.logProbability(emissions, path, frame)).toBeCloseTo(
            Math.log(probabilities[i]!),
            8,
          );
      });

      const decoded = lattice.decode(emissions, length, frame);
      const best = probabilities.indexOf(Math.max(...probabilities));
      expect(decoded.tags).toEqual(paths[best]);
      expect(decoded.probability).toBeCloseTo(probabilities[best]!, 9);
      const probabilityOf = (k: number, from: number, to: number) =>
        paths.reduce((sum, path, i) => {
          const holds = toSpans(path).some(
            (span) => span.k === k && span.from === from && span.to === to,
          );
          return sum + (holds ? probabilities[i]! : 0);
        }, 0);
      for (const { k, from, to, probability } of decoded.spans)
        expect(probability).toBeCloseTo(probabilityOf(k, from, to), 9);
      const spans = [0, 1, 2].flatMap((k) =>
        [...Array(length).keys()].flatMap((from) =>
          [...Array(length - from).keys()].map((more) => ({ k, from, to: from + more + 1 })),
        ),
      );
      lattice.spanProbabilities(emissions, length, frame, spans).forEach((probability, i) => {
        const { k, from, to } = spans[i]!;
        expect(probability).toBeCloseTo(probabilityOf(k, from, to), 9);
      });
    }
  });

  test('its gradient is that of finite differences', () => {
    const length = 4;
    const parameters = randomParameters(3);
    const emissions = randomEmissions(4, length);
    const lattice = createLattice(tagSet, parameters);
    const tags = listPaths(length, frame).at(-7) ?? new Int32Array(length);
    const gradient = {
      emissions: new Float32Array(length * T),
      transitions: new Float32Array(T * T),
      starts: new Float32Array(T),
      ends: new Float32Array(T),
    };
    const loss = lattice.addGradient(emissions, tags, frame, 2, gradient);
    expect(loss).toBeCloseTo(-2 * lattice.logProbability(emissions, tags, frame), 9);
    const check = (values: Float32Array, own: Float32Array) =>
      values.forEach((value, i) => {
        const at = (step: number) => {
          values[i] = value + step;
          const found = -2 * lattice.logProbability(emissions, tags, frame);
          values[i] = value;
          return found;
        };
        const step = 2 ** -8; // exact in float32
        expect(own[i]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 4);
      });
    check(emissions, gradient.emissions);
    check(parameters.transitions, gradient.transitions);
    check(parameters.starts, gradient.starts);
    check(parameters.ends, gradient.ends);
  });
});

test('scores far beyond the range of exp stay finite', () => {
  const parameters = randomParameters(5);
  const lattice = createLattice(tagSet, parameters);
  // B is hopeless at the first word, and I of the same slot far ahead at the second.
  const emissions = new Float32Array(2 * T);
  emissions[1] = -2000;
  emissions[T + 2] = 5000;
  const decoded = lattice.decode(emissions, 2, 0);
  expect([...decoded.tags]).toEqual([1, 2]);
  expect(decoded.probability).toBeCloseTo(1, 9);
  expect(lattice.logPartition(emissions, 2, 0)).toBeGreaterThan(2900);
});

test('tags that the mask forbids are refused', () => {
  const lattice = createLattice(tagSet, randomParameters(6));
  const emissions = randomEmissions(7, 2);
  const refused: [number[], number][] = [
    [[3, 0], 0],
    [[0, 2], 0],
    [[1, 6], 1],
    [[1, 0], 2],
  ];
  for (const [tags, frame] of refused)
    expect(() => lattice.logProbability(emissions, Int32Array.from(tags), frame)).toThrow(
      RangeError,
    );
});

test('a slot of one value gets one, in the best way there is', () => {
  const emissions = randomEmissions(8, 5, 3);
  const parameters = randomParameters(9);
  const singles = Uint8Array.of(1, 0, 1);
  const decoded = createLattice({ ...tagSet, singles }, parameters).decode(emissions, 5, 1);
  const isSingle = (path: Int32Array) =>
    [0, 2].every((k) => toSpans(path).filter((span) => span.k === k).length <= 1);
  const free = createLattice(tagSet, parameters).decode(emissions, 5, 1);
  expect(isSingle(free.tags)).toBe(false);
  expect(isSingle(decoded.tags)).toBe(true);
  const { paths, probabilities } = enumerate(parameters, emissions, 5, 1);
  const best = Math.max(...probabilities.filter((_, i) => isSingle(paths[i]!)));
  expect(decoded.probability).toBeCloseTo(best, 9);
});

describe('a slot that the frame needs', () => {
  const needs = (...k: number[]): TagSet => ({
    ...tagSet,
    singles: Uint8Array.of(1, 1, 1),
    needed: [new Int32Array(0), Int32Array.from(k), new Int32Array(0)],
  });
  const parameters = randomParameters(10);
  /** O is far ahead of everything at each word. */
  const idleEmissions = (length: number, seed: number) =>
    randomEmissions(seed, length).map((score, i) => (i % T === 0 ? score + 9 : score));

  test('gets a value where one most probably begins, and says how improbable it is', () => {
    const emissions = idleEmissions(5, 11);
    const before = emissions.slice();
    const lattice = createLattice(needs(1), parameters);
    const { tags, probability, spans } = lattice.decode(emissions, 5, 1);
    expect(spans.map(({ k }) => k)).toEqual([1]);

    const { paths, probabilities } = enumerate(parameters, emissions, 5, 1);
    const sumOf = (isMeant: (path: Int32Array) => boolean) =>
      paths.reduce((sum, path, i) => sum + (isMeant(path) ? probabilities[i]! : 0), 0);
    const begins = [0, 1, 2, 3, 4].map((t) => sumOf((path) => path[t] === 3));
    const place = begins.indexOf(Math.max(...begins));
    const meant = paths.map((path, i) => (path[place] === 3 ? probabilities[i]! : 0));
    expect(spans[0]!.from).toBe(place);
    expect(tags).toEqual(paths[meant.indexOf(Math.max(...meant))]);
    // Measured among all paths, not only those that hold the value.
    expect(probability).toBeCloseTo(Math.max(...meant), 9);
    const { k, from, to } = spans[0]!;
    const holds = (path: Int32Array) =>
      toSpans(path).some((own) => own.k === k && own.from === from && own.to === to);
    expect(spans[0]!.probability).toBeCloseTo(sumOf(holds), 9);
    expect(spans[0]!.probability).toBeLessThan(0.05);
    expect(emissions).toEqual(before);
    // Without the need there is no value.
    expect(createLattice(needs(), parameters).decode(emissions, 5, 1).spans).toEqual([]);
  });

  test('changes nothing where there is a value anyway', () => {
    for (let seed = 20; seed < 40; seed++) {
      const emissions = randomEmissions(seed, 6, 3);
      const free = createLattice(needs(), parameters).decode(emissions, 6, 1);
      const own = createLattice(needs(0, 1, 2), parameters).decode(emissions, 6, 1);
      const found = new Set(free.spans.map(({ k }) => k));
      if (found.size === 3) expect(own).toEqual(free);
      else expect(new Set(own.spans.map(({ k }) => k)).size).toBe(3);
    }
  });

  test('goes without where there are too few words', () => {
    const lattice = createLattice(needs(0, 1, 2), parameters);
    const slotsOf = (length: number) =>
      new Set(lattice.decode(idleEmissions(length, 12), length, 1).spans.map(({ k }) => k)).size;
    expect([0, 1, 2, 3].map(slotsOf)).toEqual([0, 1, 2, 3]);
  });
});
