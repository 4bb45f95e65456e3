// Answers texts with this student, without Stillroom. Needs: npm install onnxruntime-node
//   node run/predict.mjs "a text" "another"      or one text a line on standard input
// Prints {output, confidence, route} for each, one line of JSON.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { featurise } from './ngrams.mjs';

const folder = new URL('../', import.meta.url);
const readJson = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

// A student with an encoder reads tokens, too; its folder has the program that makes them.
async function loadTokeniser(ort) {
  if (!existsSync(new URL('tokenizer.json', folder))) return () => ({});
  const { tokenise } = await import('./tokenise.mjs');
  return (text) => {
    const ids = tokenise(text);
    const shape = [1, Math.max(1, ids.length)];
    const toTensor = (list) => new ort.Tensor('int64', BigInt64Array.from(list, BigInt), shape);
    const mask = ids.map(() => 1);
    return {
      input_ids: toTensor(ids.length ? ids : [0]),
      attention_mask: toTensor(ids.length ? mask : [0]),
    };
  };
}

export async function createStudent() {
  const { default: ort } = await import('onnxruntime-node');
  const { classes, outlier, model } = readJson('student.json');
  const session = await ort.InferenceSession.create(readFileSync(new URL(model, folder)));
  const feedTokens = await loadTokeniser(ort);
  const hasRouter = existsSync(new URL('router.json', folder));
  const router = hasRouter ? readJson('router.json') : undefined;
  return async (text, context = null) => {
    const { indices, values, unseenShare } = featurise(text, context);
    const shape = [1, Math.max(1, indices.length)];
    const result = await session.run({
      indices: new ort.Tensor(
        'int64',
        BigInt64Array.from(indices.length ? indices : [0], BigInt),
        shape,
      ),
      values: new ort.Tensor('float32', Float32Array.from(values.length ? values : [0]), shape),
      ...feedTokens(context ? `${text} ${context}` : text),
    });
    const probabilities = result.probabilities.data;
    const confidence = Math.max(...probabilities);
    const output = classes[probabilities.indexOf(confidence)];
    const outlierScore = outlier.unseenWeight * unseenShare - Math.max(...result.scores.data);
    const mayAnswer =
      router &&
      router.threshold !== null &&
      confidence >= router.threshold &&
      !router.abstainLabels.includes(output) &&
      (router.maxOutlierScore === null || outlierScore <= router.maxOutlierScore);
    return {
      output,
      confidence,
      route: !router ? 'unrouted' : mayAnswer ? 'student' : router.fallback,
    };
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const given = process.argv.slice(2);
  const texts = given.length > 0 ? given : readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const answer = await createStudent();
  for (const text of texts) process.stdout.write(`${JSON.stringify(await answer(text))}\n`);
}
