import { z } from 'zod';
import type { PreviewedRequest } from '../../shared/contract/teach.ts';
import { AppError } from '../../shared/errors.ts';
import { type AskOptions, defaultTeachOptions } from '../teach/options.ts';
import type { Price } from '../teach/prices.ts';
import { findProvider, providers } from '../teach/providers/index.ts';
import type { Option } from './command.ts';
import { number, wholeNumber } from './options.ts';

export const atLeastOne = wholeNumber.refine((value) => value > 0, 'needs a whole number above 0');
const positive = number.refine((value) => value > 0, 'needs a number above 0');
const price = z.string().transform((text, context): Price => {
  const [inputUsdPerMillion, outputUsdPerMillion, ...more] = text.split(',').map(Number);
  const isPrice = [inputUsdPerMillion, outputUsdPerMillion].every(
    (part) => part !== undefined && part >= 0,
  );
  if (isPrice && more.length === 0)
    return { inputUsdPerMillion: inputUsdPerMillion!, outputUsdPerMillion: outputUsdPerMillion! };
  context.addIssue({
    code: 'custom',
    message: 'needs two prices in US dollars for a million tokens, such as 0.15,0.60',
  });
  return z.NEVER;
});

/** Which teacher to ask and within which limits: the same on every command that asks one. */
export const teacherShape = {
  provider: z.string().default('openai-compatible'),
  baseUrl: z.string().optional(),
  model: z.string().min(1).optional(),
  maxCost: positive.optional(),
  concurrency: atLeastOne.default(defaultTeachOptions.concurrency),
  temperature: number.optional(),
  maxTokens: atLeastOne.default(defaultTeachOptions.maxOutputTokens),
  price: price.optional(),
  keyEnv: z.string().optional(),
};

/** The options of `teacherShape`, as the help shows them. */
export const teacherFlags: readonly Option[] = [
  {
    flags: '--provider <id>',
    description: `how to speak to the teacher: ${providers.flatMap(({ id, aliases }) => [id, ...aliases]).join(', ')}`,
  },
  {
    flags: '--base-url <url>',
    description: 'where it is, such as http://127.0.0.1:8000/v1; https unless on this computer',
  },
  { flags: '--model <name>', description: 'which model to ask' },
  { flags: '--max-cost <usd>', description: 'never spend more than this in this run' },
  { flags: '--price <in,out>', description: 'US dollars for a million tokens in and out' },
  { flags: '--concurrency <count>', description: 'requests at a time (default 4)' },
  {
    flags: '--max-tokens <count>',
    description: 'longest answer, with what a model thinks before it (default 512)',
  },
  {
    flags: '--key-env <name>',
    description: `environment variable with the key (default, for the provider itself, ${providers.map(({ keyVariable }) => keyVariable).join(' or ')}); never give it here`,
  },
];

/** @throws AppError `app.usage` when the model, the address or the key is missing */
export function toAskOptions(
  options: z.infer<z.ZodObject<typeof teacherShape>>,
  purpose: AskOptions['purpose'],
  temperature: number,
): AskOptions {
  const provider = findProvider(options.provider);
  if (options.model === undefined) throw new AppError('app.usage', '--model is needed. See --help');
  if (options.baseUrl === undefined && options.provider !== provider.id)
    throw new AppError(
      'app.usage',
      `--base-url is needed with ${options.provider}, such as http://127.0.0.1:8000/v1.`,
    );
  // A key goes to the host it belongs to; to any other only when it is named.
  const isOwnHost = options.baseUrl === undefined || options.baseUrl === provider.defaultBaseUrl;
  const { maxTries, firstWaitMs, timeoutMs } = defaultTeachOptions;
  return {
    provider,
    baseUrl: options.baseUrl ?? provider.defaultBaseUrl,
    model: options.model,
    apiKey: readKey(options.keyEnv, isOwnHost ? provider.keyVariable : undefined),
    purpose,
    temperature: options.temperature ?? temperature,
    maxOutputTokens: options.maxTokens,
    concurrency: options.concurrency,
    maxCostUsd: options.maxCost,
    price: options.price,
    maxTries,
    firstWaitMs,
    timeoutMs,
  };
}

function readKey(named: string | undefined, usual: string | undefined): string | undefined {
  const name = named ?? usual;
  const key = (name && process.env[name]?.trim()) || undefined;
  if (named !== undefined && key === undefined)
    throw new AppError('app.usage', `The environment variable ${named} is not set.`);
  return key;
}

/** A request as it would leave, for people. */
export function describeRequest({
  id,
  method,
  url,
  headers,
  body,
  bytes,
  sha256,
}: PreviewedRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [
    `# ${id}: ${bytes} bytes, SHA-256 ${sha256}`,
    `${method} ${url}`,
    ...lines,
    '',
    body,
  ].join('\n');
}
