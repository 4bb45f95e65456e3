import type { projectMethods } from '../../../shared/contract/project.ts';
import { parseTask } from '../../../shared/domain/task.ts';
import { copyProject } from '../copy-project.ts';
import { tellHistory } from '../history.ts';
import { createProject } from '../project.ts';
import { createSampleProject } from '../sample.ts';
import type { HandlersOf, SessionContext } from '../session-context.ts';
import { summarise } from '../summarise.ts';
import { addLabels } from '../task-labels.ts';
import { redoNext, undoLast } from '../undo.ts';

export const projectHandlers: HandlersOf<typeof projectMethods> = {
  async 'project.create'(context, { path, task, passphrase }) {
    createProject(path, parseTask(task), passphrase);
    await context.open(path, passphrase);
    return summarise(context);
  },
  async 'project.open'(context, { path, passphrase }) {
    await context.open(path, passphrase);
    return summarise(context);
  },
  async 'project.sample'(context, { path }) {
    await createSampleProject(path);
    await context.open(path, undefined);
    return summarise(context);
  },
  async 'project.close'(context) {
    await context.close();
    context.changed('project');
    return true as const;
  },
  'project.summary': (context) => summarise(context),
  'project.addLabels'(context, { labels }) {
    const result = addLabels(context.writable().store, labels);
    changedThroughout(context);
    return result;
  },
  'project.undo'(context) {
    const { store } = context.writable();
    if (!store.operations.last()) return { name: null };
    const name = undoLast(store);
    changedThroughout(context);
    return { name };
  },
  'project.redo'(context) {
    const { store } = context.writable();
    if (!store.operations.next()) return { name: null };
    const name = redoNext(store);
    changedThroughout(context);
    return { name };
  },
  async 'project.copy'(context, { path }) {
    return copyProject(context.writable(), path);
  },
  'project.history': (context, { limit }) => tellHistory(context.project().store, limit),
};

function changedThroughout(context: SessionContext): void {
  context.changed('project', 'examples', 'review', 'findings', 'gates');
}
