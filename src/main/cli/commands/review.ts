import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import { parseFilter } from '../../../shared/domain/filter.ts';
import type { Json } from '../../../shared/domain/json.ts';
import type { Task } from '../../../shared/domain/task.ts';
import { AppError } from '../../../shared/errors.ts';
import { assertFilterFits } from '../../app/assert-filter-fits.ts';
import { openProject, type Project } from '../../app/project.ts';
import { undoLast } from '../../app/undo.ts';
import { counted } from '../../lib/counted.ts';
import { toFileError } from '../../lib/files.ts';
import { agreement } from '../../review/agreement.ts';
import { type Decision, decide, decideWhere } from '../../review/decide.ts';
import { nextForReview } from '../../review/queue.ts';
import { verdicts } from '../../store/reviews.ts';
import { defineCommand, type Outcome } from '../command.ts';
import { number, wholeNumber } from '../options.ts';

const schema = z.object({
  count: wholeNumber.default(10),
  id: z.string().optional(),
  verdict: z.enum(verdicts).optional(),
  output: z.string().optional(),
  reviewer: z.string().trim().min(1).optional(),
  seconds: number.optional(),
  where: z.string().transform(parseFilter).optional(),
  includeHighStakes: z.boolean().default(false),
  file: z.string().optional(),
});
type Options = z.infer<typeof schema>;

const actions: Readonly<Record<string, (project: Project, options: Options) => Outcome>> = {
  next: showNext,
  decide: runDecide,
  agreement: showAgreement,
  undo({ store }) {
    const name = undoLast(store);
    return { value: { undone: name }, text: `Undone: ${name}.` };
  },
};

export const reviewCommand = defineCommand({
  name: 'review',
  summary: 'Look at records and decide: next, decide, agreement, undo',
  args: [
    { name: 'project', description: 'the project file' },
    { name: 'action', description: Object.keys(actions).join(', ') },
  ],
  options: [
    { flags: '--count <number>', description: 'next: how many records (default 10)' },
    { flags: '--id <id>', description: 'decide: which record' },
    { flags: '--verdict <verdict>', description: `decide: ${verdicts.join(', ')}` },
    {
      flags: '--output <output>',
      description: 'decide: the right output, with "correct"; JSON for extract and tools',
    },
    { flags: '--reviewer <name>', description: 'decide: who decides' },
    { flags: '--seconds <number>', description: 'decide: how long it took' },
    {
      flags: '--where <filter>',
      description: 'decide: all records that match, with approve, reject or skip',
    },
    {
      flags: '--include-high-stakes',
      description: 'decide --where: approve high-stakes labels, too',
    },
    {
      flags: '--file <file>',
      description: 'decide: one {id, verdict, output?, reviewer?, seconds?} a line',
    },
  ],
  examples: [
    'stillroom review triage.stillroom next --count 20 --json',
    'stillroom review triage.stillroom decide --id T-7 --verdict correct --output refund --reviewer Ana',
    'stillroom review triage.stillroom decide --where "label=greeting and author=teacher" --verdict approve --reviewer Ana',
    'stillroom review triage.stillroom undo',
  ],
  schema,
  async run({ args, options, passphrase }) {
    const action = actions[args[1] ?? ''];
    if (!action)
      throw new AppError(
        'app.usage',
        `There is no action "${args[1] ?? ''}". There are: ${Object.keys(actions).join(', ')}.`,
      );
    const isReading = args[1] === 'next' || args[1] === 'agreement';
    const project = openProject(args[0]!, { mode: isReading ? 'read' : 'write', passphrase });
    try {
      return action(project, options);
    } finally {
      project.close();
    }
  },
});

function showNext({ store, task }: Project, { count }: Options): Outcome {
  const items = nextForReview(store, task, count);
  return {
    value: { items },
    text: items.length === 0 ? 'Nothing is left to review.' : items.map(describe).join('\n\n'),
  };
}

function describe({ id, text, label, suggestion, reasons }: ReviewItem): string {
  const lines = [`${id}  (${reasons.join('; ')})`, `  ${text}`];
  if (label !== undefined) lines.push(`  label: ${JSON.stringify(label)}`);
  if (suggestion)
    lines.push(
      `  suggested: ${JSON.stringify(suggestion.output)} ${suggestion.probability.toFixed(2)}`,
    );
  return lines.join('\n');
}

function runDecide({ store, task }: Project, options: Options): Outcome {
  if (options.file !== undefined) {
    const result = decide(store, task, readDecisions(options.file, options.reviewer));
    return {
      value: { ...result },
      text: `${result.decided} decided, ${counted(result.changed, 'label')} changed.`,
    };
  }
  const reviewer = options.reviewer ?? missing('reviewer');
  const verdict = options.verdict ?? missing('verdict');
  if (options.where) {
    if (verdict === 'correct')
      throw new AppError(
        'app.usage',
        '"correct" needs --id: each record has its own right output.',
      );
    assertFilterFits({ store, task }, options.where);
    const { where: filter, includeHighStakes: includesHighStakes } = options;
    const result = decideWhere(store, task, { filter, verdict, reviewer, includesHighStakes });
    const { highStakes, withoutLabel, sealed } = result.skipped;
    return {
      value: { ...result },
      text: `${verdict}: ${counted(result.decided, 'record')}. Left alone: ${highStakes} high-stakes, ${withoutLabel} without a valid label, ${sealed} sealed. Undo with: review PROJECT undo`,
    };
  }
  const id = options.id ?? missing('id');
  const output = options.output === undefined ? undefined : readOutput(task, options.output);
  const { seconds } = options;
  const result = decide(store, task, [{ id, verdict, output, reviewer, seconds }]);
  return { value: { ...result }, text: `${id}: ${verdict}.` };
}

function showAgreement({ store }: Project): Outcome {
  const { disagreements, ...result } = agreement(store.reviews.list());
  const ids = store.examples.externalIds(disagreements);
  const percent = result.agreement === null ? '' : ` ${Math.round(100 * result.agreement)} % agree`;
  const kappa = result.kappa === null ? '' : `, Cohen's kappa ${result.kappa.toFixed(2)}`;
  return {
    value: { ...result, disagreements: ids },
    text:
      result.pairs === 0
        ? 'No record was judged by two people yet.'
        : `Judged by two people: ${counted(result.pairs, 'record')};${percent}${kappa}.`,
  };
}

const decisionSchema = z.object({
  id: z.string(),
  verdict: z.enum(verdicts),
  output: z.json().optional(),
  reviewer: z.string().trim().min(1).optional(),
  seconds: z.number().optional(),
});

function readDecisions(path: string, reviewer: string | undefined): Decision[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw toFileError(error, path);
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const decision = decisionSchema.safeParse(parseJson(line));
    const name = decision.data?.reviewer ?? reviewer;
    if (!decision.success || name === undefined)
      throw new AppError(
        'review.invalid',
        `${path}, line ${index + 1}: each line is {"id", "verdict", "output"?, "reviewer"}. No decision was kept.`,
      );
    return [{ ...decision.data, reviewer: name }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readOutput(task: Task, text: string): Json {
  if (task.kind === 'classify' || task.kind === 'rewrite') return text;
  const value = parseJson(text);
  if (value === undefined) throw new AppError('app.usage', '--output must be JSON for this task.');
  return value as Json; // what JSON.parse returns
}

function missing(option: string): never {
  throw new AppError('app.usage', `--${option} is needed. See: stillroom review --help`);
}
