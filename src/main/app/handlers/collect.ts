import type {
  ConsentOutcome,
  collectMethods,
  RecordDetails,
  RecordRow,
} from '../../../shared/contract/collect.ts';
import { everything, type Filter, parseFilter } from '../../../shared/domain/filter.ts';
import { listTools, noCall } from '../../../shared/domain/tools.ts';
import { AppError } from '../../../shared/errors.ts';
import { listLabels } from '../../collect/list-labels.ts';
import { previewFile } from '../../collect/preview-file.ts';
import { checks } from '../../curate/checks/index.ts';
import { changeConsent } from '../../gate/consent.ts';
import { parseGrantDestination } from '../../gate/destination.ts';
import { listLedger } from '../../gate/ledger.ts';
import { findTouched } from '../../gate/touched.ts';
import { isHighStakes } from '../../review/high-stakes.ts';
import type { PageKey, PageRow } from '../../store/pages.ts';
import type { Store } from '../../store/store.ts';
import { assertFilterFits } from '../assert-filter-fits.ts';
import { importIntoProject } from '../import-file.ts';
import type { HandlersOf } from '../session-context.ts';

export const collectHandlers: HandlersOf<typeof collectMethods> = {
  'collect.preview': (context, request) => previewFile(context.project().task, request),
  'collect.labels': (_, { path, column }) => listLabels({ path }, column),
  'collect.import'(context, { consent, mapping, ...request }) {
    const grant = consent ?? { to: 'private', destination: '*', expiresAtMs: null };
    return context.startJob(
      'import',
      (project, work) =>
        importIntoProject(
          project,
          { ...request, mapping: mapping && withoutEmpty(mapping) },
          { ...grant, basis: consent?.basis },
          work,
        ),
      ['examples', 'findings', 'gates', 'review'],
    );
  },
  'collect.page'(context, { filter, after, ...query }) {
    const { store } = context.project();
    const { rows, last } = store.pages.page({
      ...query,
      filter: toFilter(filter),
      after: after === null ? null : readKey(after),
    });
    return { rows: rows.map(toRecord), next: last && JSON.stringify(last) };
  },
  'collect.count'(context, { filter, search }) {
    const { store } = context.project();
    const total = store.pages.count({ filter: everything, search: '' });
    const isAll = filter.trim() === '' && search.trim() === '';
    return {
      matching: isAll ? total : store.pages.count({ filter: toFilter(filter), search }),
      total,
    };
  },
  'collect.example'(context, asked) {
    const { store, task } = context.project();
    const key = 'key' in asked ? asked.key : store.examples.findByExternalId(asked.externalId)?.id;
    const example = key === undefined ? undefined : store.examples.get(key);
    if (!example) throw new AppError('review.invalid', 'There is no such record in the project.');
    const { id, externalId, text, context: before, meta, strategy, label } = example;
    const [row] = store.pages.page({
      filter: { kind: 'compare', field: 'id', operator: '=', values: [externalId] },
      search: '',
      sort: 'order',
      isDescending: false,
      after: null,
      limit: 1,
    }).rows;
    const details: RecordDetails = {
      ...toRecord(row!), // found above by the same id
      fullText: text,
      context: before,
      meta,
      strategy,
      isHighStakes: label !== undefined && isHighStakes(task, label.output),
      lineage: store.examples
        .lineage(id)
        .slice(1)
        .reverse()
        .map((parent) => ({
          key: parent.id,
          externalId: parent.externalId,
          text: parent.text,
          strategy: parent.strategy,
        })),
      labels: store.labels
        .historyOf(id)
        .map(({ output, isValid, confidence, author, name, atMs, isWithdrawn }) => ({
          output,
          isValid,
          confidence,
          author,
          name,
          atMs,
          isWithdrawn,
        })),
      grants: store.grants.historyOf(id).map(({ examples: _, filter: __, ...grant }) => grant),
      ledger: listLedger(store).filter(({ exampleIds }) => exampleIds.includes(externalId)),
      findings: store.findingPages.ofExample(id).map((finding) => ({
        check: finding.checkId,
        score: finding.score,
        isFlagged: finding.isFlagged,
        resolution: finding.resolution,
        other: finding.exampleId === id ? finding.otherExternalId : finding.externalId,
      })),
    };
    return details;
  },
  'collect.consent'(context, { selection, destination, basis, ...change }) {
    const project = context.writable();
    const { store } = project;
    const { filter, text } = readSelection(store, selection);
    assertFilterFits(project, filter);
    const result = changeConsent(store, {
      ...change,
      filter,
      filterText: text,
      destination: parseGrantDestination(destination),
      basis,
    });
    context.changed('examples', 'gates', 'project');
    const outcome: ConsentOutcome = { changed: result.changed, touched: result.touched ?? null };
    return outcome;
  },
  'collect.touched'(context, { selection }) {
    const { store } = context.project();
    return findTouched(store, store.examples.ids(readSelection(store, selection).filter));
  },
  'collect.facets'(context) {
    const { store, task } = context.project();
    const functions = listTools(task).map(({ name }) => name);
    return {
      labels: task.labels ?? [],
      functions: functions.length > 0 ? [...functions, noCall] : [],
      sources: [...new Set(store.sources.list().map(({ fileName }) => fileName))],
      checks: checks.map(({ id, title }) => ({ id, title })),
      metaColumns: store.pages.metaColumns(),
    };
  },
};

function toFilter(text: string): Filter {
  return text.trim() === '' ? everything : parseFilter(text);
}

/** A selection as a filter on ids, so that permission reaches exactly what was shown. */
function readSelection(
  store: Store,
  selection:
    | { readonly keys: readonly number[] }
    | { readonly filter: string; readonly search: string },
): { filter: Filter; text: string } {
  if ('keys' in selection) {
    const ids = store.examples.externalIds(selection.keys);
    return { filter: idsFilter(ids), text: `${ids.length} records chosen one by one` };
  }
  const { filter, search } = selection;
  if (search.trim() === '') return { filter: toFilter(filter), text: filter.trim() || 'all' };
  const keys = store.pages.ids({ filter: toFilter(filter), search });
  return {
    filter: idsFilter(store.examples.externalIds(keys)),
    text: `${filter.trim() || 'all'}, with the words "${search.trim()}"`,
  };
}

function idsFilter(ids: readonly string[]): Filter {
  return { kind: 'compare', field: 'id', operator: 'in', values: ids };
}

function readKey(after: string): PageKey {
  const value: unknown = JSON.parse(after);
  if (Array.isArray(value) && value.length === 2 && typeof value[1] === 'number')
    return [value[0] as string | number, value[1]]; // bound as a value, so nothing worse than an odd page
  throw new AppError('app.usage', 'That is no place in the table.');
}

function toRecord({ label, ...row }: PageRow): RecordRow {
  return { ...row, label: label ?? null };
}

function withoutEmpty<Key extends string>(
  mapping: Readonly<Partial<Record<Key, string | undefined>>>,
) {
  const given = Object.entries(mapping).filter(([, column]) => column !== undefined);
  return Object.fromEntries(given) as Partial<Record<Key, string>>; // undefined was filtered out
}
