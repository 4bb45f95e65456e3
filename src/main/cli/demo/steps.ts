import type { Call, Command, Outcome } from '../command.ts';

/** What a step's command is called with, as if typed: option names in camelCase, values as text. */
export interface Step {
  readonly title: string;
  readonly command: Command;
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

  /** Shows a step, takes its time and tells how it ended. */
  async function timed<Result>(
    { title, command, args, options = {} }: Step,
    body: () => Promise<Result>,
    tell: (result: Result) => string,
  ): Promise<Result> {
    const flags = Object.entries(options).map(toFlag);
    say(`\n${title}\n  $ stillroom ${[command.name, ...args.map(quote), ...flags].join(' ')}`);
    const startMs = performance.now();
    const result = await body();
    times.push({ name: title, seconds: (performance.now() - startMs) / 1_000 });
    say(indent(tell(result)));
    return result;
  }

  return {
    times,
    timed,
    async run(step: Step): Promise<Outcome> {
      const { command, args, options = {} } = step;
      return timed(
        step,
        () =>
          command.run({
            args,
            options: command.schema.parse(options),
            work,
            isJson: false,
            passphrase: undefined,
            say,
          }),
        (outcome) => outcome.text,
      );
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
