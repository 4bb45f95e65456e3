import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../../src/main/lib/hash.ts';
import { type Progress, unwatched } from '../../../../src/main/lib/work.ts';
import type { Checkpoint } from '../../../../src/main/train/checkpoint.ts';
import type {
  Parse,
  StructuredParts,
  StructuredRow,
} from '../../../../src/main/train/structured/structured-student.ts';
import { tagger } from '../../../../src/main/train/structured/tagger/tagger.ts';
import type { Variant } from '../../../../src/main/train/students/student.ts';
import { smallPlan, smallStructuredSet } from '../../../helpers/small-form.ts';

// Trainings of a real encoder on a busy machine.
const TIMEOUT_MS = 600_000;
const set = smallStructuredSet(96);
const few = { ...set, rows: set.rows.slice(0, 24) };
const fresh = smallStructuredSet(60, 99).rows;
const inputs = fresh.map(({ input }) => input);
const options = { seed: 5, threads: 1 };

/** Frame, values and choices, without their probabilities. */
function answerOf({ frame, spans, choices }: Parse | StructuredRow) {
  return {
    frame,
    spans: spans.map(({ slot, start, end }) => [slot, start, end]),
    choices: choices.map(({ slot, chosen }) => [slot, chosen]),
  };
}

function countRight(rows: readonly StructuredRow[], parses: readonly Parse[]): number {
  return rows.filter(
    (row, i) => JSON.stringify(answerOf(row)) === JSON.stringify(answerOf(parses[i]!)),
  ).length;
}

function load({ files, decoder }: StructuredParts, variant: Variant) {
  const read = (path: string) => new Uint8Array(Buffer.from(files[path]!));
  return tagger.load(read, { plan: smallPlan, decoder, threads: 1, variant });
}

function sumsOf({ files, decoder }: StructuredParts): Record<string, string> {
  const sums = Object.entries(files).map(([path, file]) => [path, sha256(file)]);
  return { ...Object.fromEntries(sums), decoder: sha256(JSON.stringify(decoder)) };
}

describe('the tagger', () => {
  // Every fifth row has no tags, and teaches the rest.
  const rows = set.rows.map((row, i) =>
    i % 5 === 0 ? { ...row, isTagged: false, spans: [] } : row,
  );
  let own: Parse[];
  let parts: StructuredParts;
  beforeAll(async () => {
    const trained = await tagger.train({ ...set, rows }, options, unwatched);
    own = await trained.parse(inputs, unwatched);
    parts = trained.export();
  }, TIMEOUT_MS);

  it('learns frames, spans and choices, and says how sure it is', () => {
    expect(countRight(fresh, own)).toBeGreaterThan(54);
    for (const { frameProbability, pathProbability, spans, choices } of own) {
      const parts = [...spans, ...choices].map(({ probability }) => probability);
      for (const probability of [frameProbability, pathProbability, ...parts]) {
        expect(probability).toBeGreaterThan(0);
        expect(probability).toBeLessThanOrEqual(1 + 1e-6);
      }
    }
  });

  it('reads from its folder what it read before, alone, among others, and with nothing or too much to read', async () => {
    const full = await load(parts, 'full');
    expect(await full.parse(inputs, unwatched)).toEqual(own);
    const [alone] = await full.parse([inputs[0]!], unwatched);
    expect(answerOf(alone!)).toEqual(answerOf(own[0]!));
    expect(alone!.pathProbability).toBeCloseTo(own[0]!.pathProbability, 4);
    const long = { text: `${inputs[0]!.text} ${'and so on '.repeat(200)}` };
    const [nothing, cut] = await full.parse([{ text: '' }, long], unwatched);
    expect(nothing!.spans).toEqual([]);
    expect(cut!.frame).toBeGreaterThanOrEqual(0);
    await full.close();
  });

  it('rounded to 8 bits, answers as before', async () => {
    const int8 = await load(parts, 'int8');
    const rounded = await int8.parse(inputs, unwatched);
    expect(rounded).not.toEqual(own);
    expect(rounded.map(answerOf)).toEqual(own.map(answerOf));
    await int8.close();
  });

  it('refuses a decoder of another form', async () => {
    const broken = { ...parts, decoder: { transitions: [1] } };
    await expect(load(broken, 'full')).rejects.toThrow(/decoder.json of the student/);
  });

  it(
    'cut off and begun again, it ends with the same bytes as in one go',
    async () => {
      const whole = sumsOf((await tagger.train(few, options, unwatched)).export());
      const kept: Uint8Array[] = [];
      const checkpoint: Checkpoint = {
        parts: () => [...kept],
        append: (part) => void kept.push(part.slice()),
        replace: (part) => void kept.splice(0, kept.length, part.slice()),
      };
      const controller = new AbortController();
      const report = ({ done, message }: Progress) => {
        if (message.startsWith('Fine-tuning') && done >= 2) controller.abort();
      };
      const cutting = { signal: controller.signal, report };
      const cut = tagger.train(few, { ...options, checkpoint }, cutting);
      await expect(cut).rejects.toThrow(/Cancelled/);
      await expect.poll(() => kept.length, { timeout: TIMEOUT_MS }).toBeGreaterThan(0);
      const resumed = await tagger.train(few, { ...options, checkpoint }, unwatched);
      expect(sumsOf(resumed.export())).toEqual(whole);
    },
    TIMEOUT_MS,
  );
});
