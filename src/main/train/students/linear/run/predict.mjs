// Answers texts with this student, without Stillroom. Needs: npm install onnxruntime-node
//   node run/predict.mjs "a text" "another"      or one text a line on standard input
// Prints {output, confidence, route} for each, one line of JSON.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const folder = new URL('../', import.meta.url);
const readJson = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const isThere = (name) => existsSync(new URL(name, folder));

// A row as a tensor; an empty one as a single 0, which is padding.
const toTensors = (ort) => ({
  integers: (list) =>
    new ort.Tensor('int64', BigInt64Array.from(list.length ? list : [0], BigInt), [1, list.length || 1]),
  numbers: (list) =>
    new ort.Tensor('float32', Float32Array.from(list.length ? list : [0]), [1, list.length || 1]),
});

// Most students read n-grams, those with an encoder tokens; a folder has the programs for what its student reads.
async function loadReaders(ort) {
  const { integers, numbers } = toTensors(ort);
  const { featurise } = isThere('features.json') ? await import('./ngrams.mjs') : {};
  const { tokenise } = isThere('tokenizer.json') ? await import('./tokenise.mjs') : {};
  const readNgrams = (text, context) => {
    const { indices, values, unseenShare } = featurise(text, context);
    return { unseenShare, feeds: { indices: integers(indices), values: numbers(values) } };
  };
  const readTokens = (text, context) => {
    const ids = tokenise(context ? `${text} ${context}` : text);
    return { input_ids: integers(ids), attention_mask: integers(ids.map(() => 1)) };
  };
  return (text, context) => {
    const { unseenShare, feeds } = featurise ? readNgrams(text, context) : { unseenShare: 0 };
    return { unseenShare, feeds: { ...feeds, ...(tokenise ? readTokens(text, context) : {}) } };
  };
}

export async function createStudent() {
  const { default: ort } = await import('onnxruntime-node');
  const { classes, outlier, model } = readJson('student.json');
  const session = await ort.InferenceSession.create(readFileSync(new URL(model, folder)));
  const read = await loadReaders(ort);
  const router = isThere('router.json') ? readJson('router.json') : undefined;
  return async (text, context = null) => {
    const { unseenShare, feeds } = read(text, context);
    const result = await session.run(feeds);
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
  const answer = await createStudent().catch(({ message }) => {
    console.error(message);
    process.exit(1);
  });
  for (const text of texts) process.stdout.write(`${JSON.stringify(await answer(text))}\n`);
}
