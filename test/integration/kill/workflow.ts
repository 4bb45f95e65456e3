import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const sample = fileURLToPath(new URL('../../../sample/', import.meta.url));
const REVIEWER = 'kill test';

export interface KillStep {
  readonly name: string;
  readonly args: readonly string[];
  /** How many of the kills fall into this step. */
  readonly kills: number;
}

/** The workflow on a part of the sample, with the kills spread over it: most where most is written. */
export function planWorkflow(folder: string, project: string): readonly KillStep[] {
  const tickets = head('tickets.csv', 700);
  const reviewed = head('reviewed.jsonl', 400);
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const ticketFile = file('tickets.csv', tickets);
  const reviewedFile = file('reviewed.jsonl', reviewed);
  const replyFile = file('replies.jsonl', head('teacher-replies.jsonl', 1_200));
  return [
    { name: 'new', args: ['new', project, '--task', join(sample, 'task.json')], kills: 3 },
    {
      name: 'import',
      args: [
        'import',
        project,
        ticketFile,
        '--map',
        'id=id,text=text',
        '--consent',
        'permitted',
        '--basis',
        'test',
      ],
      kills: 6,
    },
    {
      name: 'import reviewed',
      args: [
        'import',
        project,
        reviewedFile,
        '--map',
        'id=id,text=text,output=label,split=split',
        '--reviewed-by',
        REVIEWER,
      ],
      kills: 5,
    },
    {
      name: 'consent',
      args: [
        'consent',
        project,
        '--set',
        'redacted',
        '--where',
        'meta.channel = app',
        '--basis',
        'test',
      ],
      kills: 4,
    },
    { name: 'teach', args: ['teach', project, '--replies', replyFile], kills: 6 },
    {
      name: 'curate',
      args: [
        'curate',
        project,
        '--checks',
        'exact-duplicate,near-duplicate,contamination,personal-data',
      ],
      kills: 5,
    },
    {
      name: 'review',
      args: [
        'review',
        project,
        'decide',
        '--where',
        'author = teacher',
        '--verdict',
        'approve',
        '--reviewer',
        REVIEWER,
      ],
      kills: 4,
    },
    {
      name: 'split',
      args: ['split', project, '--holdout', '0', '--calibration', '0', '--seed', '1'],
      kills: 4,
    },
    { name: 'train', args: ['train', project, '--student', 'linear', '--seed', '1'], kills: 6 },
    { name: 'evaluate', args: ['evaluate', project], kills: 2 },
    { name: 'route', args: ['route', project, '--max-error', '0.2'], kills: 2 },
    {
      name: 'export',
      args: ['export', project, '--format', 'jsonl', '--out', join(folder, 'dataset')],
      kills: 3,
    },
  ];
}

function head(name: string, lines: number): string {
  return `${readFileSync(join(sample, name), 'utf8').split('\n').slice(0, lines).join('\n')}\n`;
}
