import type { Json } from '../../../../shared/domain/json.ts';

export const draftKinds = ['classify', 'extract', 'tools', 'rewrite'] as const;
export type DraftKind = (typeof draftKinds)[number];

/** What a field of the row builder holds, in the words of the dialog. */
export const fieldKinds = {
  text: 'Text',
  whole: 'Whole number',
  number: 'Number',
  yesNo: 'Yes or no',
  date: 'Date',
  time: 'Time',
  choice: 'One of these',
  choices: 'Several of these',
  texts: 'List of texts',
} as const;
export type FieldKind = keyof typeof fieldKinds;

/** One field as a person describes it. */
export interface FieldDraft {
  /** Tells rows apart while their names change. */
  readonly key: number;
  readonly name: string;
  readonly kind: FieldKind;
  /** One a line or separated by commas; of the two kinds with choices. */
  readonly choices: string;
  /** What a number is counted in. */
  readonly unit: string;
  readonly isRequired: boolean;
}

export interface FunctionDraft {
  readonly key: number;
  readonly name: string;
  readonly description: string;
  readonly fields: readonly FieldDraft[];
}

/** A project as the dialog holds it. */
export interface TaskDraft {
  readonly kind: DraftKind;
  readonly name: string;
  readonly instructions: string;
  /** One a line. */
  readonly labels: string;
  readonly noAnswer: string;
  /** The file that the labels were read from, to be imported next. */
  readonly dataPath: string | null;
  /** How the form is given: row by row, or as text that another program uses. */
  readonly way: 'rows' | 'text';
  readonly schemaText: string;
  readonly toolsText: string;
  readonly fields: readonly FieldDraft[];
  readonly functions: readonly FunctionDraft[];
}

let lastKey = 0;

export const newField = (): FieldDraft => ({
  key: ++lastKey,
  name: '',
  kind: 'text',
  choices: '',
  unit: '',
  isRequired: false,
});

export const newFunction = (): FunctionDraft => ({
  key: ++lastKey,
  name: '',
  description: '',
  fields: [newField()],
});

export const newDraft = (): TaskDraft => ({
  kind: 'classify',
  name: '',
  instructions: '',
  labels: '',
  noAnswer: '',
  dataPath: null,
  way: 'rows',
  schemaText: '',
  toolsText: '',
  fields: [newField()],
  functions: [newFunction()],
});

/** The parts of a list that was typed, on lines or between commas. */
export const listed = (text: string): string[] =>
  text
    .split(/[\n,]/)
    .map((part) => part.trim())
    .filter(Boolean);

/** One a line, so that a label may hold a comma; on a single line, between commas. */
export const listedLabels = (text: string): string[] =>
  text.trim().includes('\n')
    ? text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
    : listed(text);

/** Whether outputs are filled in, so that a form is described. */
export const hasForm = (kind: DraftKind) => kind === 'extract' || kind === 'tools';

export const hasChoices = (kind: FieldKind) => kind === 'choice' || kind === 'choices';
export const hasUnit = (kind: FieldKind) => kind === 'whole' || kind === 'number';

type SchemaObject = { readonly [key: string]: Json };

/** The JSON Schema of one field. */
function toSchema({ kind, choices, unit }: FieldDraft): SchemaObject {
  const measure = unit.trim() === '' ? {} : { unit: unit.trim() };
  const choice = { type: 'string', enum: listed(choices) };
  switch (kind) {
    case 'text':
      return { type: 'string' };
    case 'whole':
      return { type: 'integer', ...measure };
    case 'number':
      return { type: 'number', ...measure };
    case 'yesNo':
      return { type: 'boolean' };
    case 'date':
    case 'time':
      return { type: 'string', format: kind };
    case 'choice':
      return choice;
    case 'choices':
      return { type: 'array', items: choice };
    case 'texts':
      return { type: 'array', items: { type: 'string' } };
  }
}

/** The JSON Schema of rows; rows without a name are not filled in yet. */
export function toObjectSchema(fields: readonly FieldDraft[]): SchemaObject {
  const named = fields.filter(({ name }) => name.trim() !== '');
  return {
    type: 'object',
    properties: Object.fromEntries(named.map((field) => [field.name.trim(), toSchema(field)])),
    required: named.filter(({ isRequired }) => isRequired).map(({ name }) => name.trim()),
    additionalProperties: false,
  };
}
