import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProject, openProject, type Project } from '../../src/main/app/project.ts';
import { trainProject } from '../../src/main/app/train-project.ts';
import { contentHash } from '../../src/main/lib/content-hash.ts';
import { unwatched, type Work } from '../../src/main/lib/work.ts';
import type { NewExample } from '../../src/main/store/examples.ts';
import type { NewLabel } from '../../src/main/store/labels.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { smallLabels, smallTexts } from './small-set.ts';

export interface NewRow extends Partial<NewExample> {
  readonly text: string;
  readonly label?: string;
  readonly author?: NewLabel['author'];
}

/** An empty project of small-set's four labels in a folder of its own. */
export function emptyProject(): Project {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-train-')), 'a.stillroom');
  const task = parseTask({
    name: 'wishes',
    kind: 'classify',
    labels: [...smallLabels],
    noAnswerLabel: 'nothing',
    highStakes: ['money'],
  });
  createProject(path, task);
  return openProject(path, { mode: 'write' });
}

/** Adds rows and their labels; their ids. */
export function addRows({ store }: Project, rows: readonly NewRow[]): number[] {
  return store.transaction(() =>
    rows.map(({ label, author = 'imported', ...row }, i) => {
      const id = store.examples.insert({
        externalId: `${row.split ?? 'row'}-${store.examples.count()}-${i}`,
        origin: 'real',
        consent: 'private',
        split: 'unassigned',
        status: 'new',
        contentHash: contentHash(row.text, row.context ?? null),
        ...row,
      });
      if (label !== undefined)
        store.labels.add({ exampleId: id, author, output: label, isValid: true });
      return id;
    }),
  );
}

/** A project with rows that can be learned. */
export function smallProject(rows = 120): Project {
  const project = emptyProject();
  addRows(project, smallTexts(rows));
  return project;
}

export function train(project: Project, work: Work = unwatched, seed = 1) {
  return trainProject(project, { student: 'linear', seed, threads: 1 }, work);
}
