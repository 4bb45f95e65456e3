import { z } from 'zod';
import type { FilePreview } from '../../../shared/contract/collect.ts';
import { consents, splits } from '../../../shared/domain/example.ts';
import { importIntoProject } from '../../app/import-file.ts';
import { openProject } from '../../app/project.ts';
import type { ImportResult } from '../../collect/import-file.ts';
import { importers } from '../../collect/importers/index.ts';
import { parseMapping } from '../../collect/mapping.ts';
import { previewFile } from '../../collect/preview-file.ts';
import { counted } from '../../lib/counted.ts';
import { defineCommand } from '../command.ts';
import { dateMs } from '../options.ts';

const SHOWN_REFUSALS = 10;
const SHOWN_ROWS = 5;

export const importCommand = defineCommand({
  name: 'import',
  summary: 'Import a file of examples: all of it or nothing, with a report of each refused row',
  args: [
    { name: 'project', description: 'the project file' },
    {
      name: 'file',
      description:
        'CSV, TSV, JSONL, JSON, XLSX, Parquet, or OpenAI chat logs (JSONL with messages)',
    },
  ],
  options: [
    {
      flags: '--map <mapping>',
      description:
        'columns, as text=COLUMN,output=COLUMN,id=COLUMN,group=COLUMN,split=COLUMN,context=COLUMN; guessed when left out',
    },
    {
      flags: '--consent <consent>',
      description:
        'private (default): rows never leave; permitted: they may be sent to a teacher to be labelled or varied; redacted: the same with personal data replaced',
    },
    { flags: '--basis <text>', description: 'why they may be sent; needed unless private' },
    {
      flags: '--destination <host>',
      description: 'where they may be sent: a host, or * for any (default)',
    },
    { flags: '--expires <date>', description: 'until when they may be sent' },
    {
      flags: '--split <split>',
      description: 'train, calibration or holdout, for rows that do not say',
    },
    {
      flags: '--reviewed-by <name>',
      description: 'a person has checked the outputs: they count as labels by that person',
    },
    {
      flags: '--format <id>',
      description: `instead of detecting it: ${importers.map(({ id }) => id).join(', ')}`,
    },
    {
      flags: '--encoding <name>',
      description: 'when the text is not UTF-8, such as windows-1252',
    },
    { flags: '--licence <text>', description: 'licence of the data, kept for exports' },
    { flags: '--preview', description: 'show what would be read and import nothing' },
  ],
  examples: [
    'stillroom import triage.stillroom may.csv --preview',
    'stillroom import triage.stillroom may.csv --map text=message,output=intent,id=ticket',
    'stillroom import triage.stillroom forum.jsonl --consent permitted --basis "public forum, terms of 2026"',
  ],
  schema: z
    .object({
      map: z.string().transform(parseMapping).optional(),
      consent: z.enum(consents).default('private'),
      basis: z.string().optional(),
      destination: z.string().default('*'),
      expires: dateMs.optional(),
      split: z.enum(splits).optional(),
      reviewedBy: z.string().trim().min(1, 'needs a name').optional(),
      format: z.string().optional(),
      encoding: z.string().optional(),
      licence: z.string().optional(),
      preview: z.literal(true).optional(),
    })
    .refine(({ consent, basis }) => consent === 'private' || Boolean(basis?.trim()), {
      message:
        'rows may only be sent on a stated ground: add --basis TEXT, such as a contract or terms',
    }),
  async run({ args, options, passphrase, work }) {
    const [projectPath = '', path = ''] = args;
    const isPreview = options.preview === true;
    const project = openProject(projectPath, { mode: isPreview ? 'read' : 'write', passphrase });
    const request = {
      path,
      mapping: options.map,
      format: options.format,
      encoding: options.encoding,
      split: options.split,
      reviewedBy: options.reviewedBy,
      licence: options.licence,
    };
    try {
      if (isPreview) {
        const preview = await previewFile(project.task, request);
        return { value: { preview }, text: describePreview(path, preview) };
      }
      const consent = {
        to: options.consent,
        basis: options.basis,
        destination: options.destination,
        expiresAtMs: options.expires ?? null,
      };
      const result = await importIntoProject(project, request, consent, work);
      return { value: { ...result }, text: describeResult(path, result) };
    } finally {
      project.close();
    }
  },
});

function describeResult(path: string, result: ImportResult): string {
  const { imported, duplicates, reviewedAgain, refused, refusedTotal, ...others } = result;
  const { invalidOutputs, unknownLabels } = others;
  const more = refusedTotal - Math.min(SHOWN_REFUSALS, refused.length);
  return [
    `Imported ${counted(imported, 'row')} from ${path} (${describeMapping(result.mapping)}).`,
    ...(duplicates > reviewedAgain
      ? [`There already, and as before: ${counted(duplicates - reviewedAgain, 'row')}.`]
      : []),
    ...(reviewedAgain > 0
      ? [
          `There already, and now approved by who checked the file: ${counted(reviewedAgain, 'row')}.`,
        ]
      : []),
    ...(invalidOutputs > 0
      ? [
          `${counted(invalidOutputs, 'output')} outside of the task; "curate" lists what does not fit.`,
        ]
      : []),
    ...unknownLabels
      .slice(0, SHOWN_REFUSALS)
      .map(
        ({ label, rows }) =>
          `  not among the labels: ${JSON.stringify(label)}, ${counted(rows, 'row')}`,
      ),
    ...(refusedTotal > 0 ? [`Refused: ${counted(refusedTotal, 'row')}:`] : []),
    ...refused
      .slice(0, SHOWN_REFUSALS)
      .map(({ line, reason, remedy }) => `  line ${line}: ${reason}. ${remedy}`),
    ...(more > 0 ? [`  and ${more} more (all with --json)`] : []),
  ].join('\n');
}

function describePreview(path: string, preview: FilePreview): string {
  const { importer, encoding, delimiter, columns, mapping, rows } = preview;
  const details = [
    importer,
    ...(encoding === null ? [] : [encoding]),
    ...(delimiter === null ? [] : [`delimiter ${JSON.stringify(delimiter)}`]),
  ];
  return [
    `${path}: ${details.join(', ')}; columns: ${columns.join(', ')}.`,
    `Guessed mapping: ${describeMapping(mapping) || 'none; name the text with --map text=COLUMN'}.`,
    ...rows.slice(0, SHOWN_ROWS).map(({ line, fields }) => `  ${line}: ${JSON.stringify(fields)}`),
    'Nothing was imported.',
  ].join('\n');
}

function describeMapping(mapping: FilePreview['mapping']): string {
  return Object.entries(mapping)
    .map(([field, column]) => `${field}=${column}`)
    .join(', ');
}
