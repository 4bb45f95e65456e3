import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { equals } from '../../shared/domain/filter.ts';
import { parseTask } from '../../shared/domain/task.ts';
import { importFile } from '../collect/import-file.ts';
import { changeConsent } from '../gate/consent.ts';
import { unwatched } from '../lib/work.ts';
import type { Decision } from '../review/decide.ts';
import { createProject, openProject, type Project } from './project.ts';

/** The bundled sample: a bank's support desk, with a recorded teacher and recorded reviewers. */
export const sampleFolder = fileURLToPath(new URL('../../../sample', import.meta.url));

/** The people of the sample: they answer with the label that the data sets' authors gave. */
export const samplePeople = 'sample reviewers (dataset authors)';

const BASIS = "customers' terms, 2026";

const files = [
  { name: 'tickets.csv', mapping: { id: 'id', text: 'text' } },
  { name: 'tickets-private.jsonl', mapping: { id: 'id', text: 'text' } },
  {
    name: 'reviewed.jsonl',
    mapping: { id: 'id', text: 'text', output: 'label', split: 'split' },
    reviewedBy: samplePeople,
  },
] as const;

const permissions = [
  ['permitted', 'yes'],
  ['redacted', 'without-personal-data'],
] as const;

/** Creates a project with the sample's records, and the permission that each customer gave. @throws AppError `store.exists` */
export async function createSampleProject(path: string): Promise<void> {
  const task = parseTask(JSON.parse(readFileSync(join(sampleFolder, 'task.json'), 'utf8')));
  createProject(path, task);
  const { store, close } = openProject(path, { mode: 'write' });
  try {
    store.project.markSample();
    for (const { name, ...request } of files)
      await importFile(store, task, { ...request, path: join(sampleFolder, name) }, unwatched);
    for (const [to, answer] of permissions)
      changeConsent(store, {
        filter: equals('meta.customer_consent', answer),
        filterText: `meta.customer_consent = ${answer}`,
        to,
        purposes: ['label'],
        destination: '*',
        basis: BASIS,
        expiresAtMs: null,
      });
  } finally {
    close();
  }
}

const truthSchema = z.object({ id: z.string(), label: z.string() });

/** What the sample's people say of records, for those that they know. */
export function recordedDecisions({ store }: Project, ids: readonly string[]): Decision[] {
  const lines = readFileSync(join(sampleFolder, 'truth.jsonl'), 'utf8').trimEnd().split('\n');
  const truth = new Map(
    lines.map((line) => {
      const { id, label } = truthSchema.parse(JSON.parse(line));
      return [id, label] as const;
    }),
  );
  const isSealed = store.seals.current() !== undefined;
  return ids.flatMap((id): Decision[] => {
    const output = truth.get(id);
    const found = store.examples.findByExternalId(id);
    if (output === undefined || !found) return [];
    if (isSealed && store.examples.get(found.id)?.split === 'holdout') return [];
    return [{ id, verdict: 'correct', output, reviewer: samplePeople }];
  });
}
