import { z } from 'zod';
import { type LookupLine, lookupRequest } from '../../../shared/contract/lookup.ts';
import { tellLookup } from '../../../shared/domain/lookup.ts';
import { AppError } from '../../../shared/errors.ts';
import { addLookup, removeLookup } from '../../app/lookups.ts';
import { openProject, type Project } from '../../app/project.ts';
import { counted } from '../../lib/counted.ts';
import { shellWord } from '../../lib/shell-word.ts';
import type { Work } from '../../lib/work.ts';
import { defineCommand, type Outcome } from '../command.ts';

const schema = z.object({
  key: z.string().min(1).optional(),
  value: z.string().min(1).optional(),
  field: z.string().min(1).optional(),
  by: z.string().min(1).optional(),
});
type Options = z.infer<typeof schema>;

export const lookupCommand = defineCommand({
  name: 'lookup',
  summary: 'Fill a field from a table of yours instead of teaching it: add, list, remove',
  args: [
    { name: 'project', description: 'the project file' },
    { name: 'action', description: 'add, list or remove' },
    { name: 'name', description: 'what the table is called', isOptional: true },
    { name: 'file', description: 'CSV, JSON Lines, Excel or Parquet; for add', isOptional: true },
  ],
  options: [
    { flags: '--key <column>', description: 'the column to look up in' },
    { flags: '--value <column>', description: 'the column that fills the field' },
    { flags: '--field <name>', description: 'the field that is filled; no student learns it' },
    { flags: '--by <name>', description: 'the field of the same output that holds the key' },
  ],
  examples: [
    'stillroom lookup desk.stillroom add customers customers.csv --key name --value account --field account_number --by customer_name',
    'stillroom lookup desk.stillroom list',
    'stillroom lookup desk.stillroom remove customers',
  ],
  schema,
  async run({ args, options, passphrase, work }) {
    const [path = '', action = '', name, file] = args;
    if (action !== 'list' && action !== 'add' && action !== 'remove')
      throw new AppError('app.usage', `"${action}" is not an action of lookup: add, list, remove.`);
    const project = openProject(path, { mode: action === 'list' ? 'read' : 'write', passphrase });
    try {
      if (action === 'list') return list(project);
      if (name === undefined)
        throw new AppError(
          'app.usage',
          `Say which table: stillroom lookup ${shellWord(path)} ${action} NAME.`,
        );
      if (action === 'add') return await add(project, name, file, options, work);
      return remove(project, name);
    } finally {
      project.close();
    }
  },
});

async function add(
  project: Project,
  name: string,
  path: string | undefined,
  { key: keyColumn, value: valueColumn, field, by }: Options,
  work: Work,
): Promise<Outcome> {
  if (!path || !keyColumn || !valueColumn || !field || !by)
    throw new AppError(
      'app.usage',
      'A table needs a file, --key COLUMN, --value COLUMN, --field NAME and --by NAME. Nothing was changed.',
    );
  const request = lookupRequest.safeParse({ path, name, field, by, keyColumn, valueColumn });
  if (!request.success)
    throw new AppError('app.usage', `${request.error.issues[0]!.message} Nothing was changed.`);
  const outcome = await addLookup(project, request.data, work);
  const { rows, keys, ambiguous, refusedTotal, unfit, isReplaced, forgotten } = outcome;
  return {
    value: { ...outcome },
    text: [
      `${isReplaced ? 'Replaced' : 'Added'} the table ${outcome.name}: ${counted(rows, 'row')}, ${counted(keys, 'key')}.`,
      ...(ambiguous > 0
        ? [`With several values, so that they fill nothing: ${counted(ambiguous, 'key')}.`]
        : []),
      ...(refusedTotal > 0
        ? [`Left out, without a key or a value: ${counted(refusedTotal, 'row')}.`]
        : []),
      ...(unfit > 0
        ? [
            `With a value that does not fit ${field}, so that they fill nothing: ${counted(unfit, 'row')}.`,
          ]
        : []),
      `${tellLookup(outcome)}. Students do not learn it: train anew. It stays in the project file, and no teacher sees it.`,
      ...tellForgotten(forgotten),
    ].join('\n'),
  };
}

function remove(project: Project, name: string): Outcome {
  const { neededBy, forgotten } = removeLookup(project, name);
  const needed =
    neededBy.length > 0
      ? ` Students that fill a field from it: ${neededBy.join(', ')}. The field is missing from their answers until the table is added again.`
      : '';
  return {
    value: { removed: name, neededBy, forgotten },
    text: [
      `The table ${name} is gone from the project.${needed}`,
      ...tellForgotten(forgotten),
    ].join('\n'),
  };
}

/** Doubts about labels are read with the tables, so that they are of no use after a change. */
const tellForgotten = (count: number): string[] =>
  count === 0
    ? []
    : [
        `${count} doubts about labels came from readings with the tables as they were and were taken back. Look anew: curate PROJECT --checks label-error`,
      ];

function list({ store }: Project): Outcome {
  const lookups = store.lookups.list();
  return {
    value: { lookups },
    text:
      lookups.length === 0 ? 'No field is filled from a table.' : lookups.map(describe).join('\n'),
  };
}

const describe = (line: LookupLine) =>
  `${tellLookup(line)} (${counted(line.keys, 'key')}, ${line.ambiguous} ambiguous, from ${line.fileName})`;
