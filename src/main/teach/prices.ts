import { AppError } from '../../shared/errors.ts';

/** Units: US dollars for a million tokens. */
export interface Price {
  readonly inputUsdPerMillion: number;
  readonly outputUsdPerMillion: number;
}

export interface KnownPrice extends Price {
  /** Assumed so that a cost cap can hold on a server of one's own. */
  readonly isAssumed: boolean;
  /** Nobody said it, so what is asked costs something that cannot be told. */
  readonly isUnknown?: true;
}

/**
 * List prices as published in September 2025, those of Claude in November 2026; they change, so `--price` overrides them.
 * Claude Haiku 5.5 costs five times as much for questions above 100,000 tokens, which is more than a row has.
 * @see https://platform.claude.com/docs/en/about-claude/pricing
 */
const published: Readonly<Record<string, readonly [number, number]>> = {
  'gpt-4o': [2.5, 10],
  'gpt-4o-mini': [0.15, 0.6],
  'gpt-4.1': [2, 8],
  'gpt-4.1-mini': [0.4, 1.6],
  'gpt-4.1-nano': [0.1, 0.4],
  'gpt-5': [1.25, 10],
  'gpt-5-mini': [0.25, 2],
  'gpt-5-nano': [0.05, 0.4],
  o3: [2, 8],
  'o4-mini': [1.1, 4.4],
  'claude-fable-5-2': [8, 40],
  'claude-fable-5-1': [10, 50],
  'claude-opus-5-5': [4, 20],
  'claude-opus-5': [5, 25],
  'claude-opus-4-8': [5, 25],
  'claude-opus-4-7': [5, 25],
  'claude-opus-4-6': [5, 25],
  'claude-opus-4-5': [5, 25],
  'claude-sonnet-5-5': [2, 10],
  'claude-sonnet-5': [2, 10],
  'claude-sonnet-4-6': [3, 15],
  'claude-sonnet-4-5': [3, 15],
  'claude-haiku-5-5': [0.1, 0.5],
  'claude-haiku-4-5': [1, 5],
  'gemini-2.5-pro': [1.25, 10],
  'gemini-2.5-flash': [0.3, 2.5],
  'gemini-2.5-flash-lite': [0.1, 0.4],
  'deepseek-chat': [0.56, 1.68],
  'mistral-small-latest': [0.1, 0.3],
  'mistral-medium-latest': [0.4, 2],
};
const assumed = { inputUsdPerMillion: 0.15, outputUsdPerMillion: 0.6, isAssumed: true } as const;
const free = { inputUsdPerMillion: 0, outputUsdPerMillion: 0, isAssumed: false } as const;
const unknown = { ...free, isUnknown: true } as const;

/**
 * What a model costs: as given, as published, on this computer nothing, or unknown. Where a cap must hold and nobody knows,
 * a local server is given a small price and another one is refused.
 * @throws AppError `teach.price`
 */
export function findPrice(asked: {
  readonly model: string;
  readonly isLoopback: boolean;
  readonly hasCap: boolean;
  readonly given: Price | undefined;
}): KnownPrice {
  if (asked.given) return { ...asked.given, isAssumed: false };
  const name = asked.model.replace(/^[^/]+\//, '').replace(/-\d{4}-?\d{2}-?\d{2}$/, '');
  const price = Object.hasOwn(published, name) ? published[name] : undefined;
  if (price)
    return { inputUsdPerMillion: price[0], outputUsdPerMillion: price[1], isAssumed: false };
  if (!asked.hasCap) return asked.isLoopback ? free : unknown;
  if (asked.isLoopback) return assumed;
  throw new AppError(
    'teach.price',
    `Nothing was sent: the price of "${asked.model}" is not known, so the cap could not hold. Give what a million tokens cost, in the window under Tokens in and Tokens out, on the command line with --price IN,OUT, such as --price 0.15,0.60.`,
  );
}

/** cost = input tokens * input price + output tokens * output price. Units: US dollars. */
export function costUsd(price: Price, inputTokens: number, outputTokens: number): number {
  return (inputTokens * price.inputUsdPerMillion + outputTokens * price.outputUsdPerMillion) / 1e6;
}
