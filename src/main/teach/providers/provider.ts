import type { Json } from '../../../shared/domain/json.ts';
import type { AnswerSchema } from '../answer-schema.ts';
import type { Ending } from '../ending.ts';
import type { TeacherFetch } from '../gate-port.ts';
import type { Prompt } from '../prompt.ts';
import type { TeacherError } from '../teacher-error.ts';

/** What a server is known to understand; it shrinks when the server objects. */
export interface Dialect {
  readonly hasSchema: boolean;
  readonly hasTemperature: boolean;
  /** Whether the model can be told to think little. */
  readonly hasEffort: boolean;
  readonly limitField: 'max_tokens' | 'max_completion_tokens' | null;
}

export interface Question {
  readonly model: string;
  readonly prompt: Prompt;
  readonly schema: AnswerSchema;
  readonly temperature: number;
  readonly maxOutputTokens: number;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** When the provider itself says what it charged. */
  readonly costUsd: number | null;
}

export interface TeacherAnswer {
  /** The answer word for word. */
  readonly raw: string;
  /** Undefined for an answer that is whole. */
  readonly ending: Ending | undefined;
  readonly usage: Usage | undefined;
}

/** Where a question goes, and through which fetch. */
export interface SendOptions {
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly fetch: TeacherFetch;
  readonly signal: AbortSignal | undefined;
}

/** A teacher behind an address. To add one: a file beside this one and a line in `index.ts`. */
export interface Provider {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly defaultBaseUrl: string;
  readonly keyVariable: string;
  /** The exact address that a question goes to. */
  url(baseUrl: string): string;
  /** What a model is asked in first. */
  dialect(model: string): Dialect;
  body(question: Question, dialect: Dialect): Json;
  /** Sends a body with the fetch that it is handed, once. @throws TeacherError */
  send(body: Json, options: SendOptions): Promise<TeacherAnswer>;
  /** Reads what an answer cost from its body, for the ledger. */
  usage(responseBody: string): Usage | undefined;
  /** The dialect to try next when the server objected to something that can be left out. */
  relax(dialect: Dialect, error: TeacherError): Dialect | undefined;
}
