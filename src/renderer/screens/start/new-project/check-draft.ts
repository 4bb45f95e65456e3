import { compileForm } from '../../../../shared/domain/form/compile-form.ts';
import type { Form } from '../../../../shared/domain/form/form.ts';
import { parseTask, type Task } from '../../../../shared/domain/task.ts';
import { listTools } from '../../../../shared/domain/tools.ts';
import { AppError } from '../../../../shared/errors.ts';
import {
  type FieldDraft,
  hasChoices,
  hasForm,
  listed,
  listedLabels,
  type TaskDraft,
  toObjectSchema,
} from './draft.ts';
import { readSchemaText, readToolsText } from './read-definition.ts';

/** What a draft comes to: a task with its form, what is wrong, or that it is not complete yet. */
export type CheckedDraft =
  | { readonly state: 'ready'; readonly task: Task; readonly form: Form | undefined }
  | { readonly state: 'wrong'; readonly problem: string; readonly place?: string }
  | { readonly state: 'incomplete'; readonly missing: string };

const incomplete = (missing: string): CheckedDraft => ({ state: 'incomplete', missing });
const wrong = (problem: string, place?: string): CheckedDraft => ({
  state: 'wrong',
  problem,
  ...(place !== undefined && { place }),
});

/** Checks a draft as the engine will when the project is made. */
export function checkDraft(draft: TaskDraft): CheckedDraft {
  const read = readDefinition(draft);
  if ('state' in read) return read;
  const name = draft.name.trim();
  try {
    const { kind, instructions } = draft;
    // The form can be looked at before the project has a name.
    const task = parseTask({ name: name || 'unnamed', kind, instructions, ...read.definition });
    const form = hasForm(kind) ? compileForm(task) : undefined;
    const problem = form && findFormProblem(task, form);
    if (problem) return wrong(problem);
    return name === '' && !form ? incomplete('a name') : { state: 'ready', task, form };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { owner, place, problem } = error.details;
    return typeof problem === 'string'
      ? wrong(problem, `${place || '/'}${draft.kind === 'tools' ? ` of ${owner}` : ''}`)
      : wrong(error.message.replace('The task description is not usable. ', ''));
  }
}

/** Labels, schema or tools, as `parseTask` takes them. */
type Definition = Readonly<Record<string, unknown>>;
type Read = { readonly definition: Definition } | CheckedDraft;

function readDefinition(draft: TaskDraft): Read {
  switch (draft.kind) {
    case 'classify': {
      const labels = listedLabels(draft.labels);
      if (labels.length < 2) return incomplete('at least two labels');
      const noAnswerLabel = draft.noAnswer.trim();
      return { definition: { labels, ...(noAnswerLabel && { noAnswerLabel }) } };
    }
    case 'extract':
      if (draft.way === 'rows')
        return checkRows(draft.fields) ?? { definition: { schema: toObjectSchema(draft.fields) } };
      return readText(draft.schemaText, 'a JSON Schema', (text) => ({
        schema: readSchemaText(text),
      }));
    case 'tools':
      return draft.way === 'rows'
        ? readFunctions(draft)
        : readText(draft.toolsText, 'function definitions', (text) => ({
            tools: readToolsText(text),
          }));
    case 'rewrite':
      return { definition: {} };
  }
}

function readFunctions({ functions }: TaskDraft): Read {
  const named = functions.filter(({ name }) => name.trim() !== '');
  if (named.length === 0) return incomplete('a function with a name');
  for (const { name, fields } of named) {
    const problem = checkRows(fields);
    if (problem?.state === 'wrong') return { ...problem, place: name.trim() };
  }
  const tools = named.map(({ name, description, fields }) => ({
    type: 'function',
    function: { name: name.trim(), description, parameters: toObjectSchema(fields) },
  }));
  return { definition: { tools } };
}

function checkRows(fields: readonly FieldDraft[]): CheckedDraft | undefined {
  const named = fields.filter(({ name }) => name.trim() !== '');
  if (named.length === 0) return incomplete('a field with a name');
  const names = named.map(({ name }) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return wrong(`two fields are called "${twice}"`);
  const bare = named.find(({ kind, choices }) => hasChoices(kind) && listed(choices).length === 0);
  return bare && wrong(`"${bare.name.trim()}" has no choices yet`);
}

function readText(text: string, what: string, read: (text: string) => Definition): Read {
  if (text.trim() === '') return incomplete(what);
  try {
    return { definition: read(text) };
  } catch (error) {
    return wrong(`This is not JSON: ${(error as Error).message}`);
  }
}

/** What the engine would refuse although each schema alone can be learnt. */
function findFormProblem(task: Task, { slots, hasNone }: Form): string | undefined {
  if (!hasNone) return slots.length === 0 ? 'the schema names no fields' : undefined;
  const names = listTools(task).map(({ name }) => name);
  if (names.includes('')) return 'a function has no name';
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? undefined : `two functions are called "${twice}"`;
}
