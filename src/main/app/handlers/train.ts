import { readdirSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { trainMethods } from '../../../shared/contract/train.ts';
import { unwatched } from '../../lib/work.ts';
import { gatherReplies } from '../../train/replies/gather-replies.ts';
import { studentsFor } from '../../train/trainers.ts';
import { learntBy } from '../learnt-by.ts';
import { studentFolder } from '../open-student.ts';
import { readReply } from '../read-reply.ts';
import type { HandlersOf } from '../session-context.ts';
import { trainProject } from '../train-project.ts';

/** One is left to the window. */
const spareCores = () => Math.max(1, availableParallelism() - 1);

export const trainHandlers: HandlersOf<typeof trainMethods> = {
  'train.kinds'(context) {
    return studentsFor(context.project().task.kind).map(({ id, title, hasEncoder, needsBase }) => ({
      id,
      title,
      hasEncoder: hasEncoder ?? false,
      needsBase: needsBase ?? false,
    }));
  },
  'train.run': (context, options) =>
    context.startJob(
      'train',
      (project, work) =>
        trainProject(project, { ...options, threads: options.threads ?? spareCores() }, work),
      ['students', 'evaluation', 'route'],
    ),
  async 'train.replyTypes'(context) {
    return (await gatherReplies(context.project().store, unwatched)).learning;
  },
  'train.replyExample': (context, { id }) => ({
    example: readReply(context.project().store, id) ?? null,
  }),
  'train.students'(context) {
    const project = context.project();
    const lastChangeMs = project.store.summary.lastChangeMs();
    return project.store.students
      .list()
      .reverse()
      .map((row) => {
        const folder = studentFolder(project, row);
        // Written by training as counts.
        const { rows } = (row.config ?? {}) as { readonly rows?: number };
        return {
          id: row.id,
          kind: row.kind,
          title:
            studentsFor(project.task.kind).find(({ id }) => id === row.kind)?.title ?? row.kind,
          validation: row.metrics,
          trainedRows: rows ?? null,
          createdAtMs: row.createdAtMs,
          folder,
          isStale: lastChangeMs > row.createdAtMs,
          sizeBytes: sizeOf(folder),
          ...learntBy(project.store, row.id),
        };
      });
  },
};

/** Null when the folder is gone. */
function sizeOf(folder: string): number | null {
  try {
    return readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  } catch {
    return null;
  }
}
