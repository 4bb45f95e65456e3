import type { z } from 'zod';

/** One call that a window can make of the engine: its checked input, and the type of its answer. */
export interface Method<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** Never set; carries the type of the answer. */
  readonly output?: Output;
}

/** Declares a method: `method<Answer>()(inputSchema)`. */
export function method<Output>() {
  return <Input extends z.ZodType>(input: Input): Method<Input, Output> => ({ input });
}

type AnyMethods = Readonly<Record<string, Method<z.ZodType, unknown>>>;

export type InputOf<Methods extends AnyMethods, Name extends keyof Methods> = z.input<
  Methods[Name]['input']
>;
export type ParsedInputOf<Methods extends AnyMethods, Name extends keyof Methods> = z.output<
  Methods[Name]['input']
>;
export type OutputOf<Methods extends AnyMethods, Name extends keyof Methods> = NonNullable<
  Methods[Name]['output']
>;
