// From what was read in a text to an output that fits its schema, and how sure it is.
import { createFormFiller } from './form.mjs';
import { createNormaliser } from './normalise.mjs';
import { createTables } from './tables.mjs';

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

// Makes parses into outputs: {output, confidence, missing, outlierScore}.
// `tables` names a CSV file for each table that fills a field.
export function createAssembler(decoder, unseenWeight, tables = {}) {
  const { form, slots, normaliser, confidence } = decoder;
  const normalise = createNormaliser(normaliser);
  const filler = createFormFiller(decoder);
  const lookUp = createTables(decoder, tables);
  return (parse, text, referenceDate) => {
    const holes = new Set();
    let readings = [];
    for (const { slot, start, end, probability } of parse.spans) {
      const found = normalise(slot, text.slice(start, end), referenceDate ?? undefined);
      if ('problem' in found || !filler.admits(slot, found.value)) holes.add(slot);
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
    readings.push(...lookUp(parse.frame, readings, holes, filler.admits));
    const { output, missing } = filler.fill(parse.frame, readings, holes);
    let score = confidence.intercept;
    for (const [name, value] of Object.entries(toEvidence(parse)))
      score += (confidence.weights[name] ?? 0) * value;
    return {
      output,
      confidence: holes.size === 0 && missing.length === 0 ? 1 / (1 + Math.exp(-score)) : 0,
      missing: missing.map((slot) => form.slots[slot].name),
      outlierScore: unseenWeight * parse.unseenShare - parse.frameProbability,
    };
  };
}
