import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type EarlyEnd, unwatched } from '../../../src/main/lib/work.ts';
import { huggingFace } from '../../../src/main/train/backbones/hugging-face/hugging-face.ts';
import { createFeaturiser, featuriseAll } from '../../../src/main/train/features/featuriser.ts';
import { fitVocabulary } from '../../../src/main/train/features/vocabulary.ts';
import { createOnnxScorer } from '../../../src/main/train/students/linear/onnx-scorer.ts';
import { fitMlp } from '../../../src/main/train/students/mlp/fit-mlp.ts';
import { rangesOn } from '../../../src/main/train/students/wide-deep/encoder-rows.ts';
import { fitTuned } from '../../../src/main/train/students/wide-deep/fit-tuned.ts';
import { prepareOnnx } from '../../../src/main/train/students/wide-deep/to-onnx.ts';
import { makeEncoder, plainStyle } from '../../fixtures/encoders/make-encoder.ts';
import { writeEncoderFolder } from '../../fixtures/encoders/write-folder.ts';
import { smallSet } from '../../helpers/small-set.ts';

const scratch = mkdtempSync(join(tmpdir(), 'stillroom-tuning-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('an imported encoder is fine-tuned beside the network, and one model holds both, in 8 bits, too', async () => {
  const folder = writeEncoderFolder(join(scratch, 'encoder'), makeEncoder(plainStyle));
  const backbone = await huggingFace.load({ folder });
  const set = smallSet(160);
  const fresh = smallSet(60, 99);
  const vocabulary = await fitVocabulary(set.inputs, unwatched);
  const matrix = await featuriseAll(vocabulary, set.inputs, unwatched);
  const tokens = set.inputs.map(({ text }) => backbone.tokenizer.encode(text));
  const options = { seed: 3, threads: 1 };
  const model = await fitTuned(backbone, set, matrix, tokens, options, unwatched);
  for (const [name, before] of backbone.parameters)
    expect(model.deep.parameters.get(name)!.data, name).not.toEqual(before.data);
  expect(model.deep.embeddings.data).not.toEqual(backbone.embeddings.data);
  // The network is the one that is trained alone, and counts half as much.
  const alone = await fitMlp(set, matrix, { ...options, message: '' }, unwatched);
  expect(model.wide.table).toEqual(alone.table);
  for (const name of ['outWeight', 'outBias'])
    expect(model.wide.parameters.get(name)!.data, name).toEqual(
      alone.parameters.get(name)!.data.map((value) => value / 2),
    );

  const ranges = await rangesOn(set.inputs, model.deep, backbone);
  for (const write of [
    await prepareOnnx(model, backbone),
    await prepareOnnx(model, backbone, ranges),
  ]) {
    const scorer = await createOnnxScorer(write(1), createFeaturiser(vocabulary), {
      threads: 1,
      classCount: 4,
      featureCount: vocabulary.hashes.length,
      tokenise: ({ text }) => backbone.tokenizer.encode(text),
    });
    const { scores } = await scorer.score(fresh.inputs, unwatched);
    await scorer.close();
    const right = fresh.targets.filter((target, row) => {
      const own = scores.subarray(row * 4, (row + 1) * 4);
      return own.indexOf(Math.max(...own)) === target;
    }).length;
    expect(right).toBeGreaterThan(55);
  }
});

test('a wish to finish that comes before the encoder has its turn ends its fine-tuning after one epoch', async () => {
  const folder = writeEncoderFolder(join(scratch, 'hurried'), makeEncoder(plainStyle));
  const backbone = await huggingFace.load({ folder });
  const set = smallSet(80);
  const matrix = await featuriseAll(
    await fitVocabulary(set.inputs, unwatched),
    set.inputs,
    unwatched,
  );
  const tokens = set.inputs.map(({ text }) => backbone.tokenizer.encode(text));
  const told: EarlyEnd[] = [];
  const ended = (at: EarlyEnd) => void told.push(at);
  const work = { ...unwatched, finish: { signal: AbortSignal.abort(), ended } };
  await fitTuned(backbone, set, matrix, tokens, { seed: 3, threads: 1 }, work);
  expect(told).toEqual([{ epoch: 1, epochs: 4 }]);
});
