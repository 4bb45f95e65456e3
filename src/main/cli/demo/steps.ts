import type { Call, Outcome } from '../command.ts';
import { commands } from '../commands/index.ts';

/** What a step's command is called with, as if typed: option names in camelCase, values as text. */
export interface Step {
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly options?: Readonly<Record<string, string | true>>;
}

export interface TimedStep {
  readonly name: string;
  readonly seconds: number;
}

/** Runs the workflow's commands one after the other, shows each as it could be typed, and takes its time. */
export function createStepRunner({ work, say }: Pick<Call<unknown>, 'work' | 'say'>) {
  const times: TimedStep[] = [];
  return {
    times,
    async run({ title, command, args, options = {} }: Step): Promise<Outcome> {
      const load = commands[command];
      if (!load) throw new Error(`the demo names a command that is not there: ${command}`);
      const { schema, run } = await load();
      say(
        `\n${title}\n  $ stillroom ${[command, ...args.map(quote), ...Object.entries(options).map(toFlag)].join(' ')}`,
      );
      const startMs = performance.now();
      const outcome = await run({
        args,
        options: schema.parse(options),
        work,
        passphrase: undefined,
        say,
      });
      times.push({ name: title, seconds: (performance.now() - startMs) / 1_000 });
      say(indent(outcome.text));
      return outcome;
    },
  };
}

const SHOWN_LINES = 14;

function indent(text: string): string {
  const lines = text.split('\n');
  const shown = lines.slice(0, SHOWN_LINES);
  const rest = lines.length - shown.length;
  return [...shown, ...(rest > 0 ? [`… and ${rest} more lines`] : [])]
    .map((line) => `  ${line}`)
    .join('\n');
}

function toFlag([name, value]: [string, string | true]): string {
  const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return value === true ? flag : `${flag} ${quote(value)}`;
}

function quote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
