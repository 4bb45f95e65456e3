import { z } from 'zod';
import type { TeachOutcome } from '../../../shared/contract/teach.ts';
import { parseFilter } from '../../../shared/domain/filter.ts';
import { AppError } from '../../../shared/errors.ts';
import { assertFilterFits } from '../../app/assert-filter-fits.ts';
import { runJob } from '../../app/jobs.ts';
import { openProject, type Project } from '../../app/project.ts';
import { createTeacherGate } from '../../app/teacher-gate.ts';
import { counted } from '../../lib/counted.ts';
import type { Work } from '../../lib/work.ts';
import { defaultTeachOptions, type TeachOptions } from '../../teach/options.ts';
import { previewTeach } from '../../teach/preview.ts';
import { teach } from '../../teach/teach.ts';
import { type RepliesResult, teachFromReplies } from '../../teach/teach-from-replies.ts';
import { defineCommand, type Outcome } from '../command.ts';
import {
  atLeastOne,
  describeRequest,
  teacherFlags,
  teacherShape,
  toAskOptions,
} from '../teacher-options.ts';

const SHOWN_FAILURES = 10;
const DEFAULT_TEMPERATURE = { alone: 0, several: 0.7 } as const;

const schema = z.object({
  replies: z.string().optional(),
  ...teacherShape,
  samples: atLeastOne.default(defaultTeachOptions.samples),
  preview: atLeastOne.optional(),
  where: z.string().transform(parseFilter).optional(),
  limit: atLeastOne.optional(),
  purpose: z.enum(['label', 'measure']).default('label'),
  retryUnknown: z.literal(true).optional(),
});

export const teachCommand = defineCommand({
  name: 'teach',
  summary:
    'Ask a teacher model for labels, within what the gate permits; or read its replies from a file',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    {
      flags: '--replies <file>',
      description:
        'read {"id", "raw"} a line, or batch results of OpenAI or Anthropic, instead of asking; nothing is sent',
    },
    ...teacherFlags,
    { flags: '--samples <count>', description: 'answers of each example (default 1)' },
    {
      flags: '--preview <count>',
      description: 'print the exact first requests and send nothing',
    },
    { flags: '--where <filter>', description: 'only these rows' },
    { flags: '--limit <count>', description: 'at most this many rows' },
    {
      flags: '--purpose <purpose>',
      description: 'label (default), or measure: ask about the holdout to know the teacher',
    },
    { flags: '--temperature <number>', description: 'default 0, or 0.7 with several samples' },
    {
      flags: '--retry-unknown',
      description: 'ask again what was on its way when a run died; it may be charged twice',
    },
  ],
  examples: [
    'stillroom teach triage.stillroom --base-url http://127.0.0.1:11434/v1 --model llama3.1 --preview 1',
    'stillroom teach triage.stillroom --provider openai --model gpt-4o-mini --max-cost 1',
    'stillroom teach triage.stillroom --provider anthropic --model claude-haiku-5-5 --max-cost 1',
    'stillroom teach triage.stillroom --replies batch-output.jsonl',
  ],
  schema,
  async run({ args, options, passphrase, work }) {
    const isPreview = options.preview !== undefined;
    const project = openProject(args[0]!, { mode: isPreview ? 'read' : 'write', passphrase });
    try {
      if (options.replies !== undefined) return await readReplies(project, options.replies, work);
      if (options.where) assertFilterFits(project, options.where);
      const teachOptions = toTeachOptions(options);
      return options.preview === undefined
        ? await ask(project, teachOptions, work)
        : await preview(project, teachOptions, options.preview, work);
    } finally {
      project.close();
    }
  },
});

function toTeachOptions(options: z.infer<typeof schema>): TeachOptions {
  const { purpose, samples, where, limit } = options;
  if (options.model === undefined)
    throw new AppError(
      'app.usage',
      '--model is needed, or --replies FILE. See: stillroom teach --help',
    );
  const { alone, several } = DEFAULT_TEMPERATURE;
  return {
    ...toAskOptions(options, purpose, samples > 1 ? several : alone),
    purpose,
    samples,
    where,
    limit,
    retryUnknown: options.retryUnknown ?? false,
  };
}

async function ask(project: Project, options: TeachOptions, work: Work): Promise<Outcome> {
  const { store, task } = project;
  const { model, baseUrl, purpose, samples } = options;
  const config = { provider: options.provider.id, baseUrl, model, purpose, samples };
  const { result, jobId } = await runJob(
    store,
    { kind: 'teach', config },
    work,
    async (watched, id) => {
      const gate = createTeacherGate(store);
      return { result: await teach(store, task, options, gate, watched, id), jobId: id };
    },
  );
  return { value: { ...result, jobId }, text: describe(result) };
}

async function preview(
  { store, task }: Project,
  options: TeachOptions,
  count: number,
  work: Work,
): Promise<Outcome> {
  const gate = createTeacherGate(store);
  const { requests, ...counts } = await previewTeach(store, task, options, gate, count, work);
  const closing = `Nothing was sent. ${counted(counts.requested - counts.refusedByGate, 'request')} would leave; not permitted: ${counts.refusedByGate}.`;
  const warning =
    counts.suspicious > 0
      ? [
          `${counts.suspicious} of them are flagged as prompt injection and would be sent like the others. Read them first (stillroom findings PROJECT --check prompt-injection), or leave them out: --where "not flag = prompt-injection".`,
        ]
      : [];
  return {
    value: { preview: requests, ...counts, sent: 0 },
    text: [...requests.map(describeRequest), closing, ...warning].join('\n\n'),
  };
}

async function readReplies({ store, task }: Project, file: string, work: Work): Promise<Outcome> {
  const result = await runJob(
    store,
    { kind: 'teach', config: { replies: file } },
    work,
    (watched) => teachFromReplies(store, task, file, watched),
  );
  return { value: { ...result }, text: describeReplies(result) };
}

function describe(result: TeachOutcome): string {
  const { requested, sent, accepted, repaired, malformed, refusals, cutOff, failed, unknown } =
    result;
  const held = Object.entries(result.refusalReasons).map(([reason, count]) => `${count} ${reason}`);
  const cost = `$${result.costUsd.toFixed(4)}${result.priceAssumed ? ' (price assumed)' : ''}`;
  return [
    `Asked ${sent} of ${counted(requested, 'question')}: ${counted(accepted, 'answer')} accepted (${repaired} after repair), ${malformed} malformed (${refusals} of them declined), ${failed} failed.`,
    ...(cutOff > 0
      ? [`${cutOff} of the malformed were cut off at the limit of tokens: raise --max-tokens.`]
      : []),
    ...(result.refusedByGate > 0
      ? [`${result.refusedByGate} stayed here (${held.join(', ')}).`]
      : []),
    ...(result.lastError === null ? [] : [`The last failure: ${result.lastError}`]),
    ...(result.capReached ? [`Cap reached at ${sent}; ${result.notSent} not sent.`] : []),
    ...(unknown > 0
      ? [
          `Ended unknown when a run died: ${counted(unknown, 'request')}. What may have been charged is not repeated without --retry-unknown.`,
        ]
      : []),
    `Sent ${result.bytes} bytes in ${counted(result.tries, 'try', 'tries')}, ${counted(result.redactions, 'redaction')}, ${cost}.`,
  ].join('\n');
}

function describeReplies(result: RepliesResult): string {
  const { requested, accepted, repaired, malformed, refusals, failed, alreadyRecorded } = result;
  return [
    `Read ${counted(requested, 'reply', 'replies')}: ${accepted} accepted (${repaired} after repair), ${malformed} malformed (${refusals} of them declined), ${failed} not usable, ${alreadyRecorded} recorded before. Nothing was sent.`,
    ...result.failures
      .slice(0, SHOWN_FAILURES)
      .map(({ line, reason }) => `  line ${line}: ${reason}`),
  ].join('\n');
}
