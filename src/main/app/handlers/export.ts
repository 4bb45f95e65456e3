import { resolve } from 'node:path';
import type { exportMethods } from '../../../shared/contract/export.ts';
import { formats } from '../../export/formats/index.ts';
import { selectRows } from '../../export/select-rows.ts';
import { createPseudonyms } from '../../gate/pseudonyms.ts';
import { exportProject } from '../export-project.ts';
import type { HandlersOf } from '../session-context.ts';

const SAMPLE_ROWS = 5;

export const exportHandlers: HandlersOf<typeof exportMethods> = {
  'export.formats'(context) {
    const { kind } = context.project().task;
    return Object.entries(formats).map(([id, { title, extension, kinds }]) => ({
      id,
      title,
      extension,
      isUsable: kinds.includes(kind),
    }));
  },
  'export.preview'(context, { includePrivate }) {
    const { store, task } = context.project();
    const selection = selectRows(store, {
      includePrivate,
      isClassify: task.kind === 'classify',
      pseudonymise: createPseudonyms,
    });
    return {
      rows: selection.rows.length,
      privateRows: selection.privateRows,
      redactedRows: selection.redactedRows,
      refused: selection.refused,
      sample: selection.rows
        .slice(0, SAMPLE_ROWS)
        .map(({ id, text, output }) => ({ id, text, output })),
    };
  },
  'export.list': (context) => context.project().store.exports.list(),
  'export.run': (context, { folder, ...request }) =>
    context.startJob(
      'export',
      (project, work) => exportProject(project, { ...request, folder: resolve(folder) }, work),
      ['exports'],
    ),
};
