import { expect, it } from 'vitest';
import { sha256 } from '../../../../src/main/lib/hash.ts';
import { type Progress, unwatched } from '../../../../src/main/lib/work.ts';
import type { Checkpoint } from '../../../../src/main/train/checkpoint.ts';
import type { StructuredParts } from '../../../../src/main/train/structured/structured-student.ts';
import { tagger } from '../../../../src/main/train/structured/tagger/tagger.ts';
import { smallFormSet } from '../../../helpers/small-form-set.ts';

// Trainings of a real encoder on a busy machine.
const TIMEOUT_MS = 600_000;
const set = smallFormSet(24);
const options = { seed: 5, threads: 1 };

function sumsOf({ files, decoder }: StructuredParts): Record<string, string> {
  const sums = Object.entries(files).map(([path, file]) => [path, sha256(file)]);
  return { ...Object.fromEntries(sums), decoder: sha256(JSON.stringify(decoder)) };
}

it(
  'a tagger cut off and begun again ends with the same bytes as in one go',
  async () => {
    const whole = sumsOf((await tagger.train(set, options, unwatched)).export());
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
    const cut = tagger.train(set, { ...options, checkpoint }, cutting);
    await expect(cut).rejects.toThrow(/Cancelled/);
    await expect.poll(() => kept.length, { timeout: TIMEOUT_MS }).toBeGreaterThan(0);
    const steps: number[] = [];
    const resumed = await tagger.train(
      set,
      { ...options, checkpoint },
      {
        signal: unwatched.signal,
        report: ({ done, message }) => {
          if (message.startsWith('Fine-tuning')) steps.push(done);
        },
      },
    );
    expect(sumsOf(resumed.export())).toEqual(whole);
    expect(Math.min(...steps)).toBeGreaterThan(2);
  },
  TIMEOUT_MS,
);
