// Reads texts with a student of word features: which frame, which stretches of the text, which choices.
// Needs onnxruntime-node; its features and its decoding do not.
import { existsSync, readFileSync } from 'node:fs';
import { fewestOf } from './form.mjs';
import { createLattice } from './lattice.mjs';
import { featurise } from './ngrams.mjs';
import { createWordFeatures } from './word-features.mjs';

const FORBIDDEN = -1e9;
const DOUBT = 0.01;

// Places where a name of the answer stands, and the share of its words that stand anywhere.
function findMentions(words, names) {
  const own = words.map((word, w) => ({ ...word, w })).filter(({ isSign }) => !isSign);
  const places = [];
  let share = 0;
  for (const name of names) {
    if (name.length === 0) continue;
    const found = name.filter((hash) => own.some((word) => word.hash === hash)).length;
    share = Math.max(share, found / name.length);
    for (let i = 0; i + name.length <= own.length; i++)
      if (name.every((hash, n) => own[i + n].hash === hash))
        places.push({ from: own[i].w, to: own[i + name.length - 1].w + 1 });
  }
  return { places, share };
}

// `deepScores` are those of an encoder, where the student has one; at least `fewest` are chosen.
function answerHead({ slot, mode, from, size, calibration }, facts, fewest) {
  const { scores, deepScores, mentions, named } = facts;
  const [scale, share, evidence, absent] = calibration;
  const calibrated = Array.from({ length: size }, (_, i) => {
    const p = named[from + i];
    const isAlone = mode === 'many' || (slot >= 0 && i === size - 1);
    return (
      scale * scores[from + i] +
      share * mentions[from + i].share +
      evidence * (Math.log((p + DOUBT) / (1 - p + DOUBT)) - Math.log(DOUBT / (1 + DOUBT))) +
      (isAlone ? absent : 0) +
      (deepScores?.[from + i] ?? 0)
    );
  });
  if (mode === 'many') {
    const each = calibrated.map((z) => 1 / (1 + Math.exp(-z)));
    const order = [...each.keys()].sort((a, b) => each[b] - each[a]);
    const isChosen = new Set(order.filter((i, rank) => rank < fewest || each[i] > 0.5));
    return {
      chosen: [...each.keys()].filter((i) => isChosen.has(i)),
      probability: each.reduce((product, p, i) => product * (isChosen.has(i) ? p : 1 - p), 1),
    };
  }
  const top = Math.max(...calibrated);
  const total = calibrated.reduce((sum, z) => sum + Math.exp(z - top), 0);
  const given = slot >= 0 && size > 1 && fewest > 0 ? calibrated.slice(0, -1) : calibrated;
  const best = given.indexOf(Math.max(...given));
  return {
    chosen: slot >= 0 && best === size - 1 ? [] : [best],
    probability: Math.exp(calibrated[best] - top) / total,
  };
}

// From scores to a parse. Shapes: emissions an array of T scores for each word, scores one for each column.
export function createDecoder({ form, slots, model }) {
  const { tagSlots, frameTags, heads, answerNames } = model;
  const lattice = createLattice(model);
  const isSpan = (tag) => tag > 0 && slots[tagSlots[(tag - 1) >> 1]].mode === 'span';

  // Probability that an answer's name is tagged as its slot's value.
  function findNamed(emissions, frame, mentions) {
    const named = answerNames.map(() => 0);
    const spans = heads.flatMap(({ slot, from, size }) => {
      const k = tagSlots.indexOf(slot);
      if (!frameTags[frame].includes(k)) return [];
      return Array.from({ length: size }, (_, i) => from + i).flatMap((column) =>
        mentions[column].places.map((place) => ({ ...place, k, column })),
      );
    });
    if (spans.length > 0)
      lattice.measure(emissions, frame, spans).forEach((probability, i) => {
        const { column } = spans[i];
        named[column] = Math.max(named[column], Math.fround(probability));
      });
    return named;
  }

  return ({ words, emissions, scores, deepScores, unseenShare }) => {
    const mentions = answerNames.map((names) => findMentions(words, names));
    const unnamed = answerNames.map(() => 0);
    const facts = { scores, deepScores, mentions, named: unnamed };
    const framed = answerHead(heads[0], facts, 1);
    const frame = framed.chosen[0];
    const { slots: own, required } = form.frames[frame] ?? { slots: [], required: [] };
    const fewestIn = (slot) => (required.includes(slot) ? fewestOf(form.slots[slot]) : 0);
    const named = findNamed(emissions, frame, mentions);
    const decoded = lattice.decode(emissions, frame);
    // Tags that spell the same values; where choices are named does not matter.
    const alike = emissions.map((scoresOfWord, w) =>
      scoresOfWord.map((score, tag) => {
        const isOther = isSpan(decoded.tags[w]) ? tag !== decoded.tags[w] : isSpan(tag);
        return isOther ? FORBIDDEN : score;
      }),
    );
    return {
      frame,
      frameProbability: framed.probability,
      spans: decoded.spans
        .filter(({ k }) => isSpan(2 * k + 1))
        .map(({ k, from, to, probability }) => ({
          slot: tagSlots[k],
          start: words[from].start,
          end: words[to - 1].end,
          probability,
        })),
      pathProbability: Math.exp(
        Math.min(0, lattice.sum(alike, frame) - lattice.sum(emissions, frame)),
      ),
      choices: heads
        .filter(({ slot }) => own.includes(slot))
        .map((head) => ({
          slot: head.slot,
          ...answerHead(head, { ...facts, named }, fewestIn(head.slot)),
        })),
      unseenShare,
    };
  };
}

// Runs the model: for each word its scores of all tags, and the scores of all heads.
export async function createRows(folder, ort) {
  const rules = readFileSync(new URL('word-features.json', folder), 'utf8');
  const { model } = JSON.parse(readFileSync(new URL('student.json', folder), 'utf8'));
  const session = await ort.InferenceSession.create(readFileSync(new URL(model, folder)));
  const readWords = createWordFeatures(JSON.parse(rules));
  // A student with an encoder reads pieces of words, too; its folder has the program that cuts them.
  const hasPieces = existsSync(new URL('tokenizer.json', folder));
  const { feedPieces } = hasPieces ? await import('./pieces.mjs') : {};

  // Rows of features as tensors, padded with index 0 of value 0.
  function toTensors(prefix, rows) {
    const width = Math.max(1, ...rows.map(({ indices }) => indices.length));
    const indices = new BigInt64Array(Math.max(1, rows.length) * width);
    const values = new Float32Array(indices.length);
    rows.forEach((row, r) => {
      indices.set(row.indices.map(BigInt), r * width);
      values.set(row.values, r * width);
    });
    const shape = [indices.length / width, width];
    return {
      [`${prefix}indices`]: new ort.Tensor('int64', indices, shape),
      [`${prefix}values`]: new ort.Tensor('float32', values, shape),
    };
  }

  return async (text, context) => {
    const { words, features } = readWords(text);
    const whole = featurise(text, context);
    const ofWords = features.map((indices) => ({ indices, values: indices.map(() => 1) }));
    const result = await session.run({
      ...toTensors('word_', ofWords),
      ...toTensors('', [whole]),
      ...feedPieces?.(ort, text, context, words),
    });
    const [, count] = result.emissions.dims;
    const emissions = words.map((_, w) =>
      Array.from(result.emissions.data.subarray(w * count, (w + 1) * count)),
    );
    return {
      words,
      emissions,
      scores: Array.from(result.scores.data),
      ...(result.deep_scores && { deepScores: Array.from(result.deep_scores.data) }),
      unseenShare: whole.unseenShare,
    };
  };
}

export async function createReader(folder, decoder) {
  const { default: ort } = await import('onnxruntime-node');
  const read = await createRows(folder, ort);
  const decode = createDecoder(decoder);
  return async (text, context) => decode(await read(text, context));
}
