import { readFileSync } from 'node:fs';
import { Command as Commander, CommanderError } from 'commander';
import { z } from 'zod';
import { AppError, type ErrorKind } from '../../shared/errors.ts';
import { toAppError } from '../app/errors.ts';
import { toFileError } from '../lib/files.ts';
import type { Command } from './command.ts';
import { commands } from './commands/index.ts';
import { createProgressView } from './terminal.ts';

const exitCodes = { failed: 1, input: 2, refused: 3, cancelled: 130 } as const satisfies Record<
  ErrorKind,
  number
>;

/** Runs one command line and returns its exit code: 0 done, 1 failed, 2 bad input or usage, 3 refused by a gate, 130 cancelled. */
export async function main(argv: readonly string[]): Promise<number> {
  const isJson = argv.includes('--json');
  const program = new Commander('stillroom')
    .description(
      "Distil a frontier model's answers into a small, private student model, on this machine.",
    )
    .version(packageVersion())
    .helpCommand(false)
    .showHelpAfterError('(add --help for the usage)')
    .exitOverride();
  if (isJson) program.configureOutput({ writeErr: () => undefined });

  let exitCode = 0;
  try {
    const wanted = argv.find((word) => !word.startsWith('-'));
    const load = wanted === undefined ? undefined : commands[wanted];
    const chosen = load ? [load] : Object.values(commands);
    for (const command of await Promise.all(chosen.map((each) => each())))
      addCommand(program, command, (code) => {
        exitCode = code;
      });
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    return reportError(error, isJson);
  }
}

function addCommand(program: Commander, command: Command, end: (exitCode: number) => void): void {
  const line = program.command(command.name).description(command.summary).exitOverride();
  line.copyInheritedSettings(program);
  for (const arg of command.args)
    line.argument(arg.isOptional ? `[${arg.name}]` : `<${arg.name}>`, arg.description);
  for (const option of command.options) line.option(option.flags, option.description);
  line.option(
    '--passphrase-file <file>',
    'opens an encrypted project (or set STILLROOM_PASSPHRASE)',
  );
  line.option('--json', 'print one JSON object on standard output when done');
  line.addHelpText(
    'after',
    `\nExamples:\n${command.examples.map((example) => `  $ ${example}`).join('\n')}`,
  );
  line.action(async () => {
    end(await runCommand(command, line.processedArgs as string[], line.opts()));
  });
}

async function runCommand(
  command: Command,
  args: readonly (string | undefined)[],
  given: Record<string, unknown>,
): Promise<number> {
  const { json, passphraseFile, ...rest } = given;
  const options = command.schema.safeParse(rest);
  if (!options.success) {
    const problems = options.error.issues.map(describeIssue);
    throw new AppError(
      'app.usage',
      `${problems.join('; ')}. See: stillroom ${command.name} --help`,
      {
        details: { problems },
      },
    );
  }
  const view = createProgressView();
  const canceller = cancelOnSignals();
  try {
    const outcome = await command.run({
      args: args.filter((arg) => arg !== undefined),
      options: options.data,
      isJson: json === true,
      passphrase: readPassphrase(passphraseFile as string | undefined),
      work: { signal: canceller.signal, report: view.report },
      say(text) {
        view.clear();
        process.stderr.write(`${text}\n`);
      },
    });
    view.clear();
    const exitCode = outcome.exitCode ?? 0;
    const text = json ? JSON.stringify({ ok: exitCode === 0, ...outcome.value }) : outcome.text;
    if (text !== '') await print(text);
    return exitCode;
  } finally {
    view.clear();
    canceller.stop();
  }
}

/** The first Ctrl+C asks the work to stop at its next step; a second one ends the process at once. */
function cancelOnSignals(): { signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  const onSignal = () => {
    if (controller.signal.aborted) process.exit(exitCodes.cancelled);
    process.stderr.write(
      '\nStopping; finished work is kept. Press Ctrl+C again to stop at once.\n',
    );
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal),
  };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const option = String(issue.path[0] ?? '').replace(
    /[A-Z]/g,
    (letter) => `-${letter.toLowerCase()}`,
  );
  const isMissing = issue.code === 'invalid_type' && issue.message.includes('received undefined');
  if (option === '') return issue.message;
  return isMissing ? `--${option} is needed` : `--${option}: ${issue.message}`;
}

function readPassphrase(file: string | undefined): string | undefined {
  if (file === undefined) return process.env.STILLROOM_PASSPHRASE;
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw toFileError(error, file);
  }
}

async function reportError(error: unknown, isJson: boolean): Promise<number> {
  if (error instanceof CommanderError) {
    const isHelp = error.exitCode === 0;
    const message = error.message.replace(/^error: /, '');
    if (isJson && !isHelp)
      await print(
        JSON.stringify({ ok: false, error: { code: 'app.usage', message, details: {} } }),
      );
    return isHelp ? 0 : exitCodes.input;
  }
  const { code, message, details, kind } = toAppError(error);
  if (isJson) await print(JSON.stringify({ ok: false, error: { code, message, details } }));
  else process.stderr.write(`${message}\n`);
  if (code === 'app.bug' && error instanceof Error && process.env.STILLROOM_DEBUG)
    process.stderr.write(`${error.stack}\n`);
  return exitCodes[kind];
}

/** Waits until standard output has taken the text: a pipe may be slower than the end of the process. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));
}

function packageVersion(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
}
