import { fewestValues } from '../../../../shared/domain/form/fewest-values.ts';
import type { FormPlan, Parse } from '../structured-student.ts';
import type { Words } from '../words/words.ts';
import type { Decoder } from './decoder.ts';
import { createMentionReader } from './heads/mentions.ts';
import { findNamed } from './heads/named.ts';
import { readHead } from './heads/read-heads.ts';
import { createLattice, type Decoded } from './lattice.ts';

/** What the model says of a text. Shapes: scores [columns of the heads]. */
export interface ModelScores {
  /** What each word scores as each tag; as those that the frame forbids, anything. Shapes: result [L, T]. */
  readonly emit: (frame: number) => Float32Array;
  readonly scores: Float32Array;
  /** Of another model of the same heads, added to what is made of `scores`. */
  readonly deepScores?: Float32Array | undefined;
  readonly unseenShare: number;
}

/** Far below any score that a model gives, and finite. */
const FORBIDDEN = -1e9;

/** Turns scores into parses: the frame first, then its values under its mask, and its choices. */
export function createParseReader(
  { form, slots }: FormPlan,
  decoder: Decoder,
): (words: Words, scores: ModelScores) => Parse {
  const { tagSet, heads, calibrations } = decoder;
  const lattice = createLattice(tagSet, decoder.transitions);
  const readMentions = createMentionReader(decoder.answerNames);
  const isSpan = Uint8Array.from(tagSet.slots, (slot) => (slots[slot]!.mode === 'span' ? 1 : 0));
  const unnamed = new Float32Array(decoder.answerNames.length);

  /** p(all tags that spell the same values | text, frame): where choices are named does not matter. */
  function measureAlike(emissions: Float32Array, { tags, probability }: Decoded, frame: number) {
    const hasChoices = tagSet.frames[frame]!.some((k) => isSpan[k] === 0);
    if (!hasChoices) return probability;
    const T = tagSet.count;
    const alike = emissions.slice();
    for (let w = 0; w < tags.length; w++) {
      const isValue = isSpan[kOf(tags[w]!)] === 1;
      for (let tag = 0; tag < T; tag++)
        if (isValue ? tag !== tags[w] : isSpan[kOf(tag)] === 1) alike[w * T + tag] = FORBIDDEN;
    }
    const ratio =
      lattice.logPartition(alike, tags.length, frame) -
      lattice.logPartition(emissions, tags.length, frame);
    return Math.exp(Math.min(0, ratio));
  }

  return (words, { emit, scores, deepScores, unseenShare }) => {
    const length = words.starts.length;
    const mentions = readMentions(words);
    const facts = { scores, deepScores, mentions, named: unnamed };
    const framed = readHead(heads[0]!, calibrations[0]!, facts, 1);
    const frame = framed.chosen[0]!; // a frame is never absent; "no call" is one
    const emissions = emit(frame);
    const own = form.frames[frame]?.slots ?? [];
    const needed = new Set(form.frames[frame]?.required);
    const named = findNamed(lattice, tagSet, heads, mentions, emissions, length, frame);
    const decoded = lattice.decode(emissions, length, frame);
    return {
      frame,
      frameProbability: framed.probability,
      // Tags of choices are only evidence for their heads.
      spans: decoded.spans
        .map(({ k, from, to, probability }) => ({
          slot: tagSet.slots[k]!,
          start: words.starts[from]!,
          end: words.ends[to - 1]!,
          probability,
        }))
        .filter(({ slot }) => slots[slot]!.mode === 'span'),
      pathProbability: measureAlike(emissions, decoded, frame),
      choices: heads.flatMap((head, h) => {
        if (!own.includes(head.slot)) return [];
        const fewest = needed.has(head.slot) ? fewestValues(form.slots[head.slot]!) : 0;
        return {
          slot: head.slot,
          ...readHead(head, calibrations[h]!, { ...facts, named }, fewest),
        };
      }),
      unseenShare,
    };
  };
}

/** Which of the tagged slots a tag belongs to; -1 for O. */
const kOf = (tag: number) => ((tag + 1) >> 1) - 1;
