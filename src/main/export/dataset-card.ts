import type { RefusalReason } from '../../shared/contract/export.ts';
import { listTools } from '../../shared/domain/tools.ts';
import { counted } from '../lib/counted.ts';
import { percent } from '../lib/percent.ts';
import type { Description } from './describe.ts';
import { hubLicences, hubSplits, hubTasks, sizeCategory } from './hub.ts';
import { reasonWords } from './reason-words.ts';

const DATE_LENGTH = 10;

/** The README of a data set in the Hugging Face manner: YAML that its loader reads, then words for people. */
export function datasetCard(described: Description): string {
  const { task, format, files } = described;
  const table = files
    .map(({ split, path, rows, sha256 }) => `| ${split} | \`${path}\` | ${rows} | \`${sha256}\` |`)
    .join('\n');
  return `---
${frontMatter(described)}
---

# ${task.name}

${task.instructions}

Kind of task: ${task.kind}. Written by Stillroom in the format \`${format}\`; \`manifest.json\` says by whose leave and from which files.

| split | file | rows | SHA-256 |
|---|---|---|---|
${table}

The holdout is for measuring only: never train on it.

${facts(described).join('\n')}
${answers(described)}`;
}

/** @see https://huggingface.co/docs/hub/datasets-cards and https://huggingface.co/docs/datasets/repository_structure */
function frontMatter({ task, files, columns, rows, licences }: Description): string {
  const list = (name: string, items: readonly string[]) =>
    `${name}:\n${items.map((item) => `- ${item}`).join('\n')}`;
  const words = hubLicences(licences);
  return [
    `pretty_name: ${JSON.stringify(task.name)}`,
    list('license', words),
    ...(words.includes('other')
      ? [
          `license_name: ${JSON.stringify(licences.map((licence) => licence ?? 'not stated').join('; '))}`,
          'license_link: manifest.json',
        ]
      : []),
    list('task_categories', [hubTasks[task.kind]]),
    list('tags', ['stillroom']),
    list('size_categories', [sizeCategory(rows)]),
    'configs:\n- config_name: default\n  data_files:',
    ...files.map(
      ({ split, path }) => `  - split: ${hubSplits[split]}\n    path: ${JSON.stringify(path)}`,
    ),
    ...(columns.length > 0 ? [datasetInfo({ files, columns })] : []),
  ].join('\n');
}

function datasetInfo({ files, columns }: Pick<Description, 'files' | 'columns'>): string {
  const features = columns.map(({ name, classes }) =>
    classes
      ? `  - name: ${name}\n    dtype:\n      class_label:\n        names:\n${classes
          .map((label, i) => `          '${i}': ${JSON.stringify(label)}`)
          .join('\n')}`
      : `  - name: ${name}\n    dtype: string`,
  );
  const splits = files.map(
    ({ split, rows }) => `  - name: ${hubSplits[split]}\n    num_examples: ${rows}`,
  );
  const size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return `dataset_info:\n  features:\n${features.join('\n')}\n  splits:\n${splits.join('\n')}\n  download_size: ${size}`;
}

/** What a reader has to know before using it, each as the project's records have it. */
function facts(described: Description): string[] {
  const { rows, labelledBy, teachers, reviewed, redactedRows, privateRows, grants } = described;
  const synthetic = sum(described.synthetic);
  const made = tell(described.synthetic, (count, strategy) => `${count} by ${strategy}`);
  const left = tell(
    described.refused,
    (count, reason) => `${count} ${reasonWords[reason as RefusalReason]}`, // its keys
  );
  const origins = [
    ...described.sources.map(
      ({ fileName, licence, rows: count }) =>
        `${count} from \`${fileName}\` (licence: ${licence ?? 'not stated'})`,
    ),
    ...(synthetic > 0 ? [`${synthetic} made from others`] : []),
    ...(described.unsourced > 0 ? [`${described.unsourced} of no recorded file`] : []),
  ];
  const consent = grants.map(
    ({ basis, expiresAtMs }) =>
      `${JSON.stringify(basis)}${expiresAtMs === null ? '' : `, until ${toDay(expiresAtMs)}`}`,
  );
  return [
    `- **Origin**: ${origins.join('; ')}.`,
    `- **Synthetic rows**: ${synthetic} of ${rows} (${percent(synthetic / rows)})${made && `: ${made}`}.`,
    `- **Labels**: ${tell(labelledBy, (count, author) => `${count} by ${author}`)}.${teachers.length > 0 ? ` Teachers: ${teachers.join(', ')}.` : ''}`,
    `- **Review**: ${reviewed.rows} of ${rows} rows decided by a person, of ${reviewed.people} in all; who they are stays in the project.`,
    `- **Consent**: ${consent.length > 0 ? `by these grants: ${consent.join('; ')}` : 'no permission covers these rows'}.`,
    `- **Personal data**: ${counted(redactedRows, 'row')} pseudonymised on the way out; detectors miss some.`,
    `- **Private text**: ${privateRows === 0 ? 'none; a permission that holds covers every row.' : `${counted(privateRows, 'row')} private, or with a permission that has ended. Do not pass these files on.`}`,
    `- **Not included**: ${left ? `rows of the project that may not leave, or have no approved answer: ${left}` : 'nothing; every row of the project is here'}.`,
  ];
}

/** The form of the answers, in full: what a user needs to ask a model for the same. */
function answers({ task }: Description): string {
  const json = (title: string, value: unknown) =>
    `\n## ${title}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\`\n`;
  if (task.labels) return `\n## Labels\n\n${task.labels.map((label) => `- ${label}`).join('\n')}\n`;
  if (task.schema) return json('JSON Schema of the outputs', task.schema);
  return task.tools ? json('Functions', listTools(task)) : '';
}

function tell(
  counts: Readonly<Record<string, number>>,
  word: (count: number, name: string) => string,
): string {
  return Object.entries(counts)
    .map(([name, count]) => word(count, name))
    .join(', ');
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}

function toDay(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, DATE_LENGTH);
}
