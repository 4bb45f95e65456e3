import type { lookupMethods } from '../../../shared/contract/lookup.ts';
import { previewFile } from '../../collect/preview-file.ts';
import { unwatched } from '../../lib/work.ts';
import { addLookup, removeLookup, studentsNeeding } from '../lookups.ts';
import type { HandlersOf } from '../session-context.ts';

export const lookupHandlers: HandlersOf<typeof lookupMethods> = {
  'lookup.list': (context) => context.project().store.lookups.list(),
  async 'lookup.columns'(context, { path }) {
    const { columns } = await previewFile(context.project().task, { path });
    return { columns };
  },
  async 'lookup.add'(context, request) {
    const outcome = await addLookup(context.writable(), request, unwatched);
    context.changed('lookups', 'students', 'findings', 'review');
    return outcome;
  },
  'lookup.neededBy': (context, { name }) => studentsNeeding(context.project().store, name),
  'lookup.remove'(context, { name }) {
    removeLookup(context.writable(), name);
    context.changed('lookups', 'students', 'findings', 'review');
    return true;
  },
};
