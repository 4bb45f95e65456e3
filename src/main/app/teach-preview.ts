import type { PreviewedRequest, TeachPreview } from '../../shared/contract/teach.ts';
import { AppError } from '../../shared/errors.ts';
import { parseDestination } from '../gate/destination.ts';
import type { Store } from '../store/store.ts';
import type { AskOptions } from '../teach/options.ts';
import { costUsd, findPrice } from '../teach/prices.ts';

const CHARACTERS_A_TOKEN = 4;

/** Tokens that an answer takes at the least and at the most. */
interface AnswerTokens {
  readonly low: number;
  readonly high: number;
}

/** The first requests of a run with what the whole of it would weigh and cost. */
export function describePreview(
  store: Store,
  options: AskOptions,
  found: {
    readonly requests: readonly PreviewedRequest[];
    readonly requested: number;
    readonly refusedByGate: number;
    readonly suspicious?: number;
  },
  answerTokens: AnswerTokens,
): TeachPreview {
  const { host, isLoopback } = parseDestination(options.provider.url(options.baseUrl));
  const open = found.requested - found.refusedByGate;
  const meanBytes =
    found.requests.reduce((sum, { bytes }) => sum + bytes, 0) / Math.max(1, found.requests.length);
  return {
    ...found,
    host,
    isLoopback,
    unknown: store.requests.countByState().unknown ?? 0,
    estimate: estimate(options, isLoopback, open, meanBytes, answerTokens),
    estimatedBytes: Math.round(open * meanBytes),
  };
}

function estimate(
  { model, price: given }: AskOptions,
  isLoopback: boolean,
  questions: number,
  meanBytes: number,
  { low, high }: AnswerTokens,
): TeachPreview['estimate'] {
  try {
    const price = findPrice({ model, isLoopback, hasCap: true, given });
    const inputTokens = (questions * meanBytes) / CHARACTERS_A_TOKEN;
    return {
      lowUsd: costUsd(price, inputTokens, questions * low),
      highUsd: costUsd(price, inputTokens, questions * high),
      isAssumed: price.isAssumed,
    };
  } catch (error) {
    if (error instanceof AppError && error.code === 'teach.price') return null;
    throw error;
  }
}
