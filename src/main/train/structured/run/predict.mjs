// Answers texts with this student, without Stillroom. Needs: npm install onnxruntime-node
//   node run/predict.mjs "a text" "another"      or one text a line on standard input
// Prints {output, confidence, route} for each, one line of JSON. read.mjs says what stands in a text, normalise.mjs
// what it means; here it is put together.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createNormaliser } from './normalise.mjs';
import { createReader } from './read.mjs';

const folder = new URL('../', import.meta.url);
const readJson = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const clamp = (p) => Math.min(1 - 1e-6, Math.max(1e-6, p));
const logOdds = (p) => Math.log(clamp(p) / (1 - clamp(p)));

// What the confidence of the whole output is computed from.
function toEvidence({ frameProbability, pathProbability, spans, choices, unseenShare }) {
  const ofChoices = choices.reduce((product, { probability }) => product * probability, 1);
  const parts = [...spans, ...choices].map(({ probability }) => probability);
  return {
    product: logOdds(frameProbability * pathProbability * ofChoices),
    weakest: logOdds(Math.min(frameProbability, pathProbability, ...parts)),
    frame: Math.log(clamp(frameProbability)),
    path: Math.log(clamp(pathProbability)),
    choices: Math.log(clamp(ofChoices)),
    unseen: unseenShare,
    values: spans.length + choices.filter(({ chosen }) => chosen.length > 0).length,
  };
}

// Sets a property of its own at a path of an object, even one called __proto__.
function setAt(object, path, value) {
  const define = (inner, name, content) =>
    Object.defineProperty(inner, name, {
      value: content,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  let inner = object;
  for (const name of path.slice(0, -1)) {
    if (!Object.hasOwn(inner, name)) define(inner, name, {});
    inner = inner[name];
  }
  define(inner, path.at(-1), value);
}

// Makes parses into outputs: {output, confidence, outlierScore}.
export function createAssembler({ form, slots, empty, normaliser, confidence }, unseenWeight) {
  const normalise = createNormaliser(normaliser);
  return (parse, text, referenceDate) => {
    let hasHole = false;
    let readings = [];
    for (const { slot, start, end, probability } of parse.spans) {
      const found = normalise(slot, text.slice(start, end), referenceDate ?? undefined);
      if ('problem' in found) hasHole = true;
      else readings.push({ slot, value: found.value, probability });
    }
    for (const { slot, chosen, probability } of parse.choices)
      for (const index of chosen)
        readings.push({ slot, value: slots[slot].choices[index], probability });
    // A slot that holds one value takes the surest, the first of equally sure ones.
    readings = readings.filter(
      (own, i) =>
        form.slots[own.slot].isList ||
        readings.every(
          (other, j) =>
            other.slot !== own.slot ||
            other.probability < own.probability ||
            (other.probability === own.probability && j >= i),
        ),
    );

    const frame = form.frames[parse.frame];
    const object = {};
    const valuesOf = (slot) =>
      readings.filter((own) => own.slot === slot && own.value !== null).map(({ value }) => value);
    for (const slot of frame?.slots ?? []) {
      const { path, isList } = form.slots[slot];
      const values = valuesOf(slot);
      if (values.length > 0) setAt(object, path, isList ? values : values[0]);
      else if (empty[slot] === 'list') setAt(object, path, []);
      else if (empty[slot] === 'null') setAt(object, path, null);
    }
    const isWhole = (frame?.required ?? []).every(
      (slot) => form.slots[slot].isNullable || valuesOf(slot).length > 0,
    );
    let score = confidence.intercept;
    for (const [name, value] of Object.entries(toEvidence(parse)))
      score += (confidence.weights[name] ?? 0) * value;
    const call = form.hasNone ? { name: frame?.name, arguments: object } : object;
    return {
      output: frame ? call : null,
      confidence: isWhole && !hasHole ? 1 / (1 + Math.exp(-score)) : 0,
      outlierScore: unseenWeight * parse.unseenShare - parse.frameProbability,
    };
  };
}

// Who may give the answer.
export function decideRoute(router, { output, confidence, outlierScore }) {
  if (!router) return 'unrouted';
  const mayAnswer =
    router.threshold !== null &&
    confidence >= router.threshold &&
    !router.abstainLabels.includes(output?.name) &&
    (router.maxOutlierScore === null || outlierScore <= router.maxOutlierScore);
  return mayAnswer ? 'student' : router.fallback;
}

export async function createStudent() {
  const decoder = readJson('decoder.json');
  const { outlier } = readJson('student.json');
  const router = existsSync(new URL('router.json', folder)) ? readJson('router.json') : undefined;
  const read = await createReader(folder, decoder);
  const assemble = createAssembler(decoder, outlier.unseenWeight);
  return async (text, context = null, referenceDate = null) => {
    const answer = assemble(await read(text, context), text, referenceDate);
    const { output, confidence } = answer;
    return { output, confidence, route: decideRoute(router, answer) };
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const given = process.argv.slice(2);
  const texts = given.length > 0 ? given : readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const answer = await createStudent();
  for (const text of texts) process.stdout.write(`${JSON.stringify(await answer(text))}\n`);
}
