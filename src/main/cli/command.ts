import type { z } from 'zod';
import type { Work } from '../lib/work.ts';

/** One positional argument, as shown in the help. */
export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly isOptional?: boolean;
}

/** One option: flags in commander's notation, e.g. `--seed <number>`. */
export interface Option {
  readonly flags: string;
  readonly description: string;
}

/** What a command is called with: checked options, and how to show progress and notice Ctrl+C. */
export interface Call<Options> {
  readonly args: readonly string[];
  readonly options: Options;
  readonly work: Work;
  /** Standard output is for the one object of `--json` alone. */
  readonly isJson: boolean;
  /** Of an encrypted project, from --passphrase-file or STILLROOM_PASSPHRASE. */
  readonly passphrase: string | undefined;
  /** A line for people while the command runs, on standard error. */
  say(line: string): void;
}

/** What a command ends with. */
export interface Outcome {
  /** The object of `--json`, without `ok`. */
  readonly value: Readonly<Record<string, unknown>>;
  /** The same for people. */
  readonly text: string;
  /** Exit code when it is not 0; then `ok` is false in the JSON. */
  readonly exitCode?: number;
}

/** One command of the command line. To add one: a file in `commands/` and a line in its `index.ts`. */
export interface Command<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly summary: string;
  readonly args: readonly Argument[];
  readonly options: readonly Option[];
  readonly examples: readonly string[];
  /** Reads the options as commander gives them (camelCase keys, strings or true). */
  readonly schema: Schema;
  run(call: Call<z.infer<Schema>>): Promise<Outcome>;
}

export function defineCommand<Schema extends z.ZodType>(command: Command<Schema>): Command<Schema> {
  return command;
}
