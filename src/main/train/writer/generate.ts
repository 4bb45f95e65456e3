import { setImmediate } from 'node:timers/promises';
import { createSession } from '../../onnx/session.ts';
import type { Tensor } from '../../onnx/tensor.ts';
import type { Cache } from '../backbones/decoder/cache.ts';
import { emptyCache, type TokenInputs, tokenFeeds } from '../backbones/decoder/feeds.ts';

/** What a decoder wrote after a prompt. */
export interface Written {
  /** Without the token that ended it. */
  readonly ids: readonly number[];
  /** False when it was cut off before it came to an end. */
  readonly isWhole: boolean;
  /** Mean of ln p of what it said, the end included; each p is of the likeliest token. */
  readonly meanLogProbability: number;
}

export interface Limits {
  /** Tokens that end an output. */
  readonly stopIds: readonly number[];
  /** Units: tokens. */
  readonly mostTokens: number;
}

/** A decoder that writes. */
export interface Generator {
  /** The likeliest token again and again; each is read once, since keys and values are kept. */
  write(prompt: readonly number[], limits: Limits): Promise<Written>;
  /** Σ ln p of the tokens from a place on, each given those before it. */
  logProbability(ids: readonly number[], from: number): Promise<number>;
  close(): Promise<void>;
}

export interface GeneratorOptions {
  readonly cache: Cache;
  readonly tokenInputs: TokenInputs;
  readonly threads: number;
}

/** Loads a decoder that writes. @throws AppError `onnx.malformed` */
export async function createGenerator(
  model: Uint8Array,
  { cache, tokenInputs, threads }: GeneratorOptions,
): Promise<Generator> {
  const session = await createSession(model, { threads });
  return {
    async write(prompt, { stopIds, mostTokens }) {
      const ids: number[] = [];
      let kept: Record<string, Tensor> = emptyCache(cache, 1);
      let unread: readonly number[] = prompt;
      let past = 0;
      let sum = 0;
      const result = (isWhole: boolean): Written => ({
        ids,
        isWhole,
        meanLogProbability: sum / Math.max(1, ids.length + (isWhole ? 1 : 0)),
      });
      while (ids.length < mostTokens) {
        // A run blocks the thread, which others wait for.
        await setImmediate();
        const step = { ids: unread, batch: 1, length: unread.length, past };
        const outputs = await session.run({ ...tokenFeeds(tokenInputs, step), ...kept });
        past += unread.length;
        kept = Object.fromEntries(
          cache.inputs.map((name, i) => [name, outputs[cache.outputs[i]!]!]), // one for each
        );
        const scores = scoresAt(outputs.logits!, unread.length - 1); // a decoder gives them
        const id = likeliest(scores);
        sum += scores[id]! - logTotal(scores);
        if (stopIds.includes(id)) return result(true);
        ids.push(id);
        unread = [id];
      }
      return result(false);
    },
    async logProbability(ids, from) {
      const step = { ids, batch: 1, length: ids.length, past: 0 };
      const outputs = await session.run({
        ...tokenFeeds(tokenInputs, step),
        ...emptyCache(cache, 1),
      });
      return ids.slice(from).reduce((sum, id, i) => {
        const scores = scoresAt(outputs.logits!, from + i - 1); // a decoder gives them
        return sum + scores[id]! - logTotal(scores);
      }, 0);
    },
    close: () => session.close(),
  };
}

/** The scores of what follows a place. Shapes: logits [1, L, V]. */
function scoresAt({ data, dims }: Tensor, place: number): Float32Array {
  const vocabulary = dims[2]!; // a decoder's scores have three axes
  return (data as Float32Array).subarray(place * vocabulary, (place + 1) * vocabulary); // float32 by its export
}

/** The place of the largest; the first of equals. */
function likeliest(scores: Float32Array): number {
  let id = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[id]!) id = i;
  return id;
}

/** ln Σ e^s, without overflow. */
function logTotal(scores: Float32Array): number {
  const largest = scores[likeliest(scores)]!; // its own place
  let total = 0;
  for (const score of scores) total += Math.exp(score - largest);
  return largest + Math.log(total);
}
