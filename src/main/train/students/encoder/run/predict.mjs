// Answers texts with this student, without Stillroom. Needs: npm install onnxruntime-node
//   node run/predict.mjs "a text" "another"      or one text a line on standard input
// Prints {output, confidence, route} for each, one line of JSON. run/transformers.mjs does the same with transformers.js.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { tokenise } from './tokenise.mjs';

const folder = new URL('../', import.meta.url);
const readJson = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

export async function createStudent() {
  const { default: ort } = await import('onnxruntime-node');
  const { classes, model } = readJson('student.json');
  const session = await ort.InferenceSession.create(readFileSync(new URL(model, folder)));
  const router = existsSync(new URL('router.json', folder)) ? readJson('router.json') : undefined;
  return async (text, context = null) => {
    const ids = tokenise(context ? `${text} ${context}` : text);
    const shape = [1, Math.max(1, ids.length)];
    const toTensor = (list) => new ort.Tensor('int64', BigInt64Array.from(list, BigInt), shape);
    const result = await session.run({
      input_ids: toTensor(ids.length ? ids : [0]),
      attention_mask: toTensor(ids.length ? ids.map(() => 1) : [0]),
    });
    const probabilities = result.probabilities.data;
    const confidence = Math.max(...probabilities);
    const output = classes[probabilities.indexOf(confidence)];
    const outlierScore = -Math.max(...result.scores.data);
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
