import type { Input } from '../../../../shared/domain/prediction.ts';
import type { Work } from '../../../lib/work.ts';
import type { Backbone } from '../../backbones/backbone.ts';
import type { EncoderWeights } from '../../backbones/encoder-weights.ts';
import {
  type InputRanges,
  measureInputRanges,
  takeMeasured,
} from '../../backbones/input-ranges.ts';
import { pauseWhenDue } from '../../pause.ts';
import type { TrainingSet } from '../student.ts';

/** With fewer rows, fine-tuning learns the rows and not the task. */
const FEWEST_TUNED_ROWS = 1_000;
const FEWEST_TUNED_ROWS_PER_CLASS = 30;
/** All epochs of fine-tuning, measured on two cores that did nothing else. */
const SECONDS_PER_TUNED_ROW = 0.03;

/** Whether fine-tuning an encoder has enough to learn from. */
export function hasRowsToTune({ inputs, classes }: TrainingSet): boolean {
  return inputs.length >= Math.max(FEWEST_TUNED_ROWS, FEWEST_TUNED_ROWS_PER_CLASS * classes.length);
}

/** Whether fine-tuning keeps within the budget. */
export function isAffordable(set: TrainingSet, budgetSeconds = Number.POSITIVE_INFINITY): boolean {
  return secondsToTune(set) <= budgetSeconds;
}

export function secondsToTune({ inputs }: TrainingSet): number {
  return inputs.length * SECONDS_PER_TUNED_ROW;
}

/** What the encoder reads: the text first, since what is too long is cut at its end. */
export function toText({ text, context }: Input): string {
  return context ? `${text} ${context}` : text;
}

/** Each input's tokens. */
export async function encodeAll(
  { tokenizer }: Backbone,
  inputs: readonly Input[],
  work: Work,
): Promise<Int32Array[]> {
  const pause = pauseWhenDue(work.signal);
  const tokens: Int32Array[] = [];
  for (const input of inputs) {
    tokens.push(tokenizer.encode(toText(input)));
    await pause();
  }
  return tokens;
}

/** What the encoder's products are fed on some of the inputs, which its int8 variant rests on. */
export async function rangesOn(
  inputs: readonly Input[],
  deep: EncoderWeights,
  backbone: Backbone,
): Promise<InputRanges> {
  const texts = takeMeasured(inputs).map((input) => backbone.tokenizer.encode(toText(input)));
  return measureInputRanges(deep, backbone, texts);
}
