import type { Task } from '../../shared/domain/task.ts';
import type { Selection } from './select-rows.ts';

/** A file of a data set as its card and its manifest list it. */
export interface ExportedFile {
  readonly path: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Hugging Face names of the splits; calibration rows play the part of validation. */
const hubSplits: Readonly<Record<string, string>> = {
  train: 'train',
  calibration: 'validation',
  holdout: 'test',
  unassigned: 'unassigned',
};

/** The README of a data set in the Hugging Face manner: YAML that its loader reads, then words for people. */
export function datasetCard(
  task: Task,
  format: string,
  selection: Selection,
  files: readonly ExportedFile[],
): string {
  const rows = selection.rows.length;
  const synthetic = selection.rows.filter((row) => row.origin === 'synthetic').length;
  const byAuthor = Object.entries(Object.groupBy(selection.rows, (row) => row.labelledBy)).map(
    ([author, group]) => `${group!.length} by ${author}`,
  );
  const yaml = [
    `pretty_name: ${JSON.stringify(task.name)}`,
    'tags:\n- stillroom',
    `size_categories:\n- ${sizeCategory(rows)}`,
    `configs:\n- config_name: default\n  data_files:\n${files
      .map(
        (file) => `  - split: ${hubSplits[splitOf(file)]}\n    path: ${JSON.stringify(file.path)}`,
      )
      .join('\n')}`,
  ].join('\n');
  const table = files
    .map((file) => `| ${splitOf(file)} | \`${file.path}\` | ${file.rows} | \`${file.sha256}\` |`)
    .join('\n');
  return `---
${yaml}
---

# ${task.name}

${task.instructions}

Kind of task: ${task.kind}. Written by Stillroom in the format \`${format}\`; \`manifest.json\` says by whose leave and from which files.

| split | file | rows | SHA-256 |
|---|---|---|---|
${table}

The holdout is for measuring only: never train on it.

- **Labels**: ${byAuthor.join(', ')}.
- **Synthetic rows**: ${synthetic} of ${rows}.
- **Personal data**: ${selection.redactedRows} rows were pseudonymised on the way out; detectors miss some.
- **Private text**: ${selection.privateRows === 0 ? 'none; a permission that holds covers every row.' : `${selection.privateRows} rows are private, or their permission has ended. Do not pass these files on.`}
${task.labels ? `\n## Labels\n\n${task.labels.map((label) => `- ${label}`).join('\n')}\n` : ''}`;
}

function splitOf(file: ExportedFile): string {
  return file.path.slice(0, file.path.lastIndexOf('.'));
}

function sizeCategory(rows: number): string {
  if (rows < 1_000) return 'n<1K';
  if (rows < 10_000) return '1K<n<10K';
  return rows < 100_000 ? '10K<n<100K' : '100K<n<1M';
}
