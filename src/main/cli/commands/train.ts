import { resolve } from 'node:path';
import { z } from 'zod';
import {
  type FieldLearning,
  type ReplyLearning,
  type TrainOutcome,
  writerSettingsSchema,
} from '../../../shared/contract/train.ts';
import { type Metrics, wholeMetric } from '../../../shared/domain/metrics.ts';
import { providers } from '../../../shared/domain/provider.ts';
import { renderReply } from '../../../shared/domain/reply.ts';
import { taskKinds } from '../../../shared/domain/task.ts';
import { openProject } from '../../app/project.ts';
import { trainProject } from '../../app/train-project.ts';
import { counted } from '../../lib/counted.ts';
import { studentsFor } from '../../train/trainers.ts';
import { defineCommand } from '../command.ts';
import { number, wholeNumber } from '../options.ts';
import { wholeWords } from '../whole-words.ts';

const LONGEST_MINUTES = 24 * 60;

const list = (kinds: readonly { readonly id: string }[]) => kinds.map(({ id }) => id).join(', ');

export const trainCommand = defineCommand({
  name: 'train',
  summary: 'Train a student on this machine and write its folder',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    {
      flags: '--student <id>',
      description: `for labels ${list(studentsFor('classify'))}; for objects and calls ${list(studentsFor('tools'))}; for replies ${list(studentsFor('rewrite'))}; or best: the best of them on held-out rows (default)`,
    },
    { flags: '--seed <number>', description: 'the same seed gives the same model (default 1)' },
    { flags: '--threads <number>', description: 'processor threads to use (default 1)' },
    {
      flags: '--provider <id>',
      description:
        "what fine-tunes an encoder: cpu (default), or webgpu for the graphics card, whose gradients are compared with the processor's first",
    },
    {
      flags: '--within <minutes>',
      description: 'then end with the best student so far, as it was measured',
    },
    {
      flags: '--encoder <folder>',
      description: `for ${[...new Set(taskKinds.flatMap(studentsFor).flatMap(({ id, hasEncoder }) => (hasEncoder ? id : [])))].join(', ')}: a pretrained encoder as Hugging Face lays it out (onnx/model.onnx in fp32, tokenizer.json), in place of the bundled one; nothing is fetched`,
    },
    {
      flags: '--base <folder>',
      description:
        'for writer: a causal language model of yours as Hugging Face lays it out (onnx/model.onnx in fp32 with past, config.json, tokenizer.json, tokenizer_config.json), which learns to write as your rows do; nothing is fetched',
    },
    {
      flags: '--rank <number>',
      description:
        'for writer: the columns that learn beside each of its matrices (default 16); more learn more, and forget more',
    },
    {
      flags: '--epochs <number>',
      description: 'for writer: how often it sees all rows (default 6)',
    },
    { flags: '--learning-rate <number>', description: 'for writer: its peak (default 0.0005)' },
  ],
  examples: [
    'stillroom train triage.stillroom --student best',
    'stillroom train triage.stillroom --student linear --seed 7',
    'stillroom train triage.stillroom --student wide-deep --encoder models/bge-small-en-v1.5',
    'stillroom train replies.stillroom --student writer --base models/SmolLM2-135M-Instruct',
  ],
  schema: z.object({
    student: z.string().default('best'),
    seed: wholeNumber.default(1),
    threads: wholeNumber.refine((threads) => threads >= 1, 'needs at least 1').default(1),
    provider: z.enum(providers).default('cpu'),
    within: number
      .refine((minutes) => minutes > 0 && minutes <= LONGEST_MINUTES, 'needs minutes, up to a day')
      .optional(),
    encoder: z.string().optional(),
    base: z.string().optional(),
    rank: wholeNumber.pipe(writerSettingsSchema.shape.rank.unwrap()).optional(),
    epochs: wholeNumber.pipe(writerSettingsSchema.shape.epochs.unwrap()).optional(),
    learningRate: number.pipe(writerSettingsSchema.shape.learningRate.unwrap()).optional(),
  }),
  async run({ args, options, passphrase, work }) {
    const { within, encoder, base, rank, epochs, learningRate, ...rest } = options;
    const writerSettings = {
      // The usual ratio, so that a wider adapter does not learn more slowly.
      ...(rank === undefined ? {} : { rank, alpha: 2 * rank }),
      ...(epochs === undefined ? {} : { epochs }),
      ...(learningRate === undefined ? {} : { learningRate }),
    };
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      const limit =
        within === undefined ? {} : { finish: { signal: AbortSignal.timeout(within * 60_000) } };
      const request = {
        ...rest,
        ...(encoder === undefined ? {} : { encoderFolder: resolve(encoder) }),
        ...(base === undefined ? {} : { baseFolder: resolve(base) }),
        ...(Object.keys(writerSettings).length > 0 ? { writerSettings } : {}),
      };
      const result = await trainProject(project, request, { ...work, ...limit });
      return { value: { ...result }, text: tellResult(result) };
    } finally {
      project.close();
    }
  },
});

function tellResult(result: TrainOutcome): string {
  const { excluded, relabelled, downWeighted, selfTrained, unconfirmedHighStakes } = result;
  const notes: readonly [count: number, noun: string, what: string][] = [
    [excluded.heldOut, 'row', 'Left out, near the holdout or the calibration split'],
    [excluded.rejected, 'row', 'Left out, rejected by a person'],
    [excluded.invalid, 'row', 'Left out, with a label that does not fit the task'],
    [excluded.unapproved, 'synthetic row', 'Left out, approved by nobody yet'],
    [relabelled, 'doubtful label', 'Replaced by what similar rows have'],
    [downWeighted, 'doubtful label', 'Counted less'],
    [selfTrained, 'row', 'Helped without a label by self-training, and stayed here'],
    [unconfirmedHighStakes, 'high-stakes label', 'To review, since no person has confirmed it'],
  ];
  return [
    `Trained ${result.studentId} on ${counted(result.rows, 'row')} in ${result.wallSeconds.toFixed(1)} s (${result.cpuSeconds.toFixed(1)} CPU seconds).`,
    `On ${counted(result.validationRows, 'row')} held out of training: ${tellMetrics(result.validation)}.`,
    ...tellEnd(result.endedEarly),
    ...(result.compared.length > 1
      ? [
          `Compared: ${result.compared.map(({ kind, validation }) => `${kind} (${tellMetrics(validation)})`).join('; ')}.`,
        ]
      : []),
    ...result.shortcuts,
    ...tellFields(result.fields ?? []),
    ...(result.replies ? tellReplies(result.replies) : []),
    ...notes
      .filter(([count]) => count > 0)
      .map(([count, noun, what]) => `${what}: ${counted(count, noun)}.`),
    `Folder: ${result.folder}`,
  ].join('\n');
}

function tellEnd(endedEarly: TrainOutcome['endedEarly']): string[] {
  if (endedEarly === undefined) return [];
  const where = endedEarly
    ? `at epoch ${endedEarly.epoch} of ${endedEarly.epochs}`
    : 'before the last training';
  return [`Ended as asked, ${where}: the student that was measured is kept.`];
}

function tellMetrics(metrics: Metrics): string {
  const { macroF1, fieldF1 } = metrics;
  const id = wholeMetric(metrics);
  const main = metrics[id];
  if (!main) return 'too few rows to measure';
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`;
  const share = `${wholeWords[id]} ${percent(main.value)} (${percent(main.low)} to ${percent(main.high)})`;
  if (macroF1) return `${share}, macro F1 ${percent(macroF1.value)}`;
  return fieldF1 ? `${share}, field F1 ${percent(fieldF1.value)}` : share;
}

const modes: Readonly<Record<FieldLearning['mode'], string>> = {
  span: 'Read from the text',
  choice: 'Chosen among known values',
  choices: 'Any of known values',
  lookup: 'Filled from a table and not learnt',
  unlearnable:
    'Left empty, since they do not follow from these texts (a person fills them, or "lookup" from a table)',
};

const tellField = ({ name, lookup }: FieldLearning) =>
  lookup ? `${name} (from ${lookup.table} by ${lookup.by})` : name;

/** Which fields are learnt how, a line for each way, and those whose values are often not in their texts. */
function tellFields(fields: readonly FieldLearning[]): string[] {
  const byMode = Map.groupBy(fields, ({ mode }) => mode);
  const needed = fields.filter(({ mode, isNeeded }) => mode === 'unlearnable' && isNeeded);
  const missing = fields.filter(({ mode, absent }) => mode === 'span' && absent > 0);
  return [
    ...[...byMode].map(([mode, own]) => `${modes[mode]}: ${own.map(tellField).join(', ')}.`),
    ...(needed.length > 0
      ? [
          `The schema requires ${needed.map(tellField).join(', ')}: until a table fills that, no output with it is whole, and each goes to a person.`,
        ]
      : []),
    ...missing.map(
      ({ name, absent, values }) =>
        `  ${name}: ${absent} of ${values} values do not stand in their text; "curate" lists them.`,
    ),
  ];
}

/** In which words replies are said, how many rows follow them, and what to do where few do. */
function tellReplies({
  rows,
  following,
  withUnknownValue,
  types,
  others,
}: ReplyLearning): string[] {
  const left = rows - following - withUnknownValue;
  return [
    `${following} of ${rows} replies follow ${counted(types.length, 'type')}, each said in the words of one row:`,
    ...types.map(
      (type) =>
        `  ${type.name} (${counted(type.rows, 'row')}${type.approvedRows > 0 ? `, ${type.approvedRows} by a person` : ''}): ${renderReply(type, {}).replace(/\s+/g, ' ')}`,
    ),
    ...(withUnknownValue > 0
      ? [
          `${withUnknownValue} in these words have a value that their text does not give: it is not learnt; where a text lacks a value, a person answers.`,
        ]
      : []),
    ...(left > 0
      ? [
          `${left} follow none, such as ${others.slice(0, 3).join(', ')}: requests like these go to a person. Where that is too many, edit their replies in review to the wordings above, or give the teacher these wordings in the task's instructions.`,
        ]
      : []),
  ];
}
