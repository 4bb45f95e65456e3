import { z } from 'zod';
import { type AugmentPreview, augmentProject, previewAugment } from '../../app/augment-project.ts';
import { openProject } from '../../app/project.ts';
import type { AugmentResult } from '../../augment/augment.ts';
import type { AugmentRequest } from '../../augment/augment-request.ts';
import { strategies } from '../../augment/strategies/index.ts';
import { counted } from '../../lib/counted.ts';
import { shellWord } from '../../lib/shell-word.ts';
import { defineCommand, type Outcome } from '../command.ts';
import { fraction, wholeNumber } from '../options.ts';
import {
  atLeastOne,
  describeRequest,
  teacherFlags,
  teacherShape,
  toAskOptions,
} from '../teacher-options.ts';

const DEFAULT_MAX_SHARE = 0.5;
/** New texts are to differ from each other. */
const DEFAULT_TEMPERATURE = 0.9;

const idsOf = (maker: 'rules' | 'teacher') =>
  strategies
    .filter((strategy) => strategy.maker === maker)
    .map(({ id }) => id)
    .join(', ');

const schema = z.object({
  ...teacherShape,
  strategy: z.string(),
  count: atLeastOne,
  label: z.string().optional(),
  seed: wholeNumber.default(1),
  maxShare: fraction.default(DEFAULT_MAX_SHARE),
  verify: z.literal(true).optional(),
  preview: atLeastOne.optional(),
});

export const augmentCommand = defineCommand({
  name: 'augment',
  summary:
    'Make new rows from those for training, here by rule or by asking a teacher; drafts until a person approves them',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    {
      flags: '--strategy <id>',
      description: `made here: ${idsOf('rules')}; asked of the teacher: ${idsOf('teacher')}`,
    },
    { flags: '--count <count>', description: 'new rows wanted' },
    { flags: '--label <label>', description: 'only rows that are to have this label' },
    {
      flags: '--seed <number>',
      description: 'the same seed makes the same rows by rule (default 1)',
    },
    {
      flags: '--max-share <share>',
      description: 'largest share of synthetic rows among those for training (default 50%)',
    },
    {
      flags: '--preview <count>',
      description: 'show the first drafts or the exact first requests; keep and send nothing',
    },
    {
      flags: '--verify',
      description:
        'ask the teacher about each of its drafts once more, without telling it the label',
    },
    ...teacherFlags,
    { flags: '--temperature <number>', description: 'default 0.9' },
  ],
  examples: [
    'stillroom augment triage.stillroom --strategy typos --count 40',
    'stillroom augment triage.stillroom --strategy no-answer --count 20 --preview 3',
    'stillroom augment triage.stillroom --strategy hard-negative --count 60 --base-url http://127.0.0.1:11434/v1 --model llama3.1 --verify',
  ],
  schema,
  async run({ args, options, passphrase, work }) {
    const { strategy, count, label, seed, maxShare } = options;
    const request: AugmentRequest = {
      strategy,
      count,
      label,
      seed,
      maxShare,
      verifies: options.verify ?? false,
    };
    const asksTeacher =
      options.model !== undefined &&
      strategies.some(({ id, maker }) => id === strategy && maker === 'teacher');
    const teacher = asksTeacher ? toAskOptions(options, 'augment', DEFAULT_TEMPERATURE) : undefined;
    const isPreview = options.preview !== undefined;
    const project = openProject(args[0]!, { mode: isPreview ? 'read' : 'write', passphrase });
    try {
      if (options.preview === undefined) {
        const result = await augmentProject(project, request, teacher, work);
        return { value: { ...result }, text: describe(result, args[0]!) };
      }
      return describePreview(
        strategy,
        await previewAugment(project, request, teacher, options.preview, work),
      );
    } finally {
      project.close();
    }
  },
});

function describePreview(strategy: string, { drafts, requests }: AugmentPreview): Outcome {
  const shown = drafts.map(
    ({ parent, text, output, refusal }) =>
      `# from ${parent}, ${JSON.stringify(output)}${refusal ? `, would be refused: ${refusal}` : ''}\n${text}`,
  );
  return {
    value: { strategy, preview: requests.length > 0 ? requests : drafts, made: 0, sent: 0 },
    text: [
      ...shown,
      ...requests.map(describeRequest),
      'Nothing was kept and nothing was sent.',
    ].join('\n\n'),
  };
}

function describe(result: AugmentResult & { readonly judge: string }, path: string): string {
  const refused = Object.entries(result.refused).map(([reason, count]) => `${count} ${reason}`);
  const held = Object.entries(result.refusalReasons).map(([reason, count]) => `${count} ${reason}`);
  return [
    `Made ${counted(result.made, 'draft')} with ${result.strategy}; kept ${result.accepted} of ${result.requested} wanted${refused.length > 0 ? `, refused: ${refused.join(', ')}` : ''}.`,
    `Labels were judged by ${result.judge === 'neighbours' ? 'the nearest rows' : `the student ${result.judge}`}. Synthetic rows are ${Math.round(100 * result.syntheticShare)} % of those for training.`,
    ...(result.refusedByGate > 0
      ? [`Stayed here: ${counted(result.refusedByGate, 'row')} (${held.join(', ')}).`]
      : []),
    ...(result.sent > 0
      ? [
          `Sent ${counted(result.sent, 'question')}, ${result.bytes} bytes, ${counted(result.redactions, 'redaction')}, $${result.costUsd.toFixed(4)}; ${counted(result.malformed, 'answer')} malformed, ${result.failed} failed.`,
        ]
      : []),
    ...(result.capReached ? ['The cap was reached; run the same command again to go on.'] : []),
    ...(result.accepted > 0
      ? [
          `They are drafts: no student learns from one before it is approved. See: stillroom review ${shellWord(path)} next`,
        ]
      : []),
  ].join('\n');
}
