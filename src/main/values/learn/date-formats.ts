import type { Json } from '../../../shared/domain/json.ts';
import type { Reader } from '../normaliser/reader.ts';
import type {
  DateConventions,
  DateFormat,
  DateTimeFormat,
  Template,
  TimeConventions,
  TimeFormat,
} from '../normaliser/spec.ts';
import { type CountedPair, countReproduced } from './pair.ts';
import { dateTemplates, dateTimeTemplates, timeTemplates } from './value-templates.ts';

/** A value of a slot and how often it occurs. */
export interface CountedValue {
  readonly value: Json;
  readonly count: number;
}

type AnyFormat = DateFormat | TimeFormat | DateTimeFormat;
export type TemplateKind = AnyFormat['kind'];
type Conventions = DateConventions & TimeConventions;

/** What a surface leaves open, and the ways to close it, the usual one first. */
const options: { readonly [Key in keyof Conventions]: readonly Conventions[Key][] } = {
  order: ['month-first', 'day-first'],
  missing: ['coming', 'same', 'past'],
  next: ['coming', 'week', 'skip'],
  isToday: [true, false],
  weekStart: [1, 0],
  afternoonBelow: [0, 6, 7, 8, 9, 10, 12],
};
const used = {
  date: ['order', 'missing', 'next', 'isToday', 'weekStart'],
  time: ['afternoonBelow'],
  'date-time': ['order', 'missing', 'next', 'isToday', 'weekStart', 'afternoonBelow'],
} as const satisfies Record<TemplateKind, readonly (keyof Conventions)[]>;

/** Every way to read a value as one of a kind: templates that would write it. */
export const templatesOf = {
  date: dateTemplates,
  time: timeTemplates,
  'date-time': dateTimeTemplates,
};

/** What the JSON Schema formats of the same name look like. */
const usual: Readonly<Record<TemplateKind, Template>> = {
  date: '{YYYY}-{MM}-{DD}',
  time: '{HH}:{mm}',
  'date-time': '{YYYY}-{MM}-{DD}T{HH}:{mm}:{ss}',
};

/** How many templates are tried on the pairs. */
const MAX_TEMPLATES = 4;

export interface TemplateTally {
  /** Templates by how many values they would write, most first; of equal ones, the stricter first. */
  readonly templates: readonly { readonly template: Template; readonly count: number }[];
  readonly valueCount: number;
  /** How many values have some template. */
  readonly readableCount: number;
}

/** Counts which templates would write the values of a slot. */
export function tallyTemplates(kind: TemplateKind, values: readonly CountedValue[]): TemplateTally {
  const counts = new Map<Template, number>();
  let valueCount = 0;
  let readableCount = 0;
  for (const { value, count } of values) {
    valueCount += count;
    const templates = new Set(typeof value === 'string' ? templatesOf[kind](value) : []);
    if (templates.size > 0) readableCount += count;
    for (const template of templates) counts.set(template, (counts.get(template) ?? 0) + count);
  }
  const templates = [...counts].map(([template, count]) => ({ template, count }));
  return { templates: templates.sort((a, b) => b.count - a.count), valueCount, readableCount };
}

/** Formats that would write the values of a slot, each with the conventions that its pairs agree with best. */
export function learnDateFormats(
  kind: TemplateKind,
  values: readonly CountedValue[],
  pairs: readonly CountedPair[],
  reader: Reader,
): AnyFormat[] {
  const { templates } = tallyTemplates(kind, values);
  const found = templates.slice(0, MAX_TEMPLATES).map(({ template }) => template);
  return (found.length > 0 ? found : [usual[kind]]).map((template) => {
    const start = startFormat(kind, template);
    const withWhole = kind === 'time' ? withWholeHours(start as TimeFormat, templates) : start;
    return agree(withWhole, pairs, reader);
  });
}

/** A template with the usual conventions. */
export function startFormat(kind: TemplateKind, template: Template): AnyFormat {
  const times: TimeConventions = { afternoonBelow: options.afternoonBelow[0]! };
  if (kind === 'time') return { kind, template, conventions: times };
  const dates: DateConventions = {
    // Who writes the day first reads it first.
    order: isDayFirst(template) ? 'day-first' : 'month-first',
    missing: 'coming',
    next: 'coming',
    isToday: true,
    weekStart: 1,
  };
  return kind === 'date'
    ? { kind, template, conventions: dates }
    : { kind, template, conventions: { ...dates, ...times } };
}

function isDayFirst(template: Template): boolean {
  const day = template.search(/\{D/);
  return day >= 0 && day < template.search(/\{M/);
}

/** "5 pm" beside "5:30 pm": a second template, for times without minutes. */
function withWholeHours(format: TimeFormat, templates: TemplateTally['templates']): TimeFormat {
  const hasMinutes = (template: Template) => template.includes('{mm}');
  if (!hasMinutes(format.template)) return format;
  const whole = templates.find(({ template }) => !hasMinutes(template));
  const least = 0.02 * (templates[0]?.count ?? 0);
  return whole && whole.count > least ? { ...format, wholeHourTemplate: whole.template } : format;
}

/** One convention after the other, the option that gives back more pairs. */
function agree(start: AnyFormat, pairs: readonly CountedPair[], reader: Reader): AnyFormat {
  let best = start;
  let bestCount = countReproduced(pairs, best, reader);
  for (const key of used[start.kind])
    for (const option of options[key]) {
      const conventions = { ...best.conventions, [key]: option };
      const format = { ...best, conventions } as AnyFormat;
      const count = countReproduced(pairs, format, reader);
      if (count > bestCount) [best, bestCount] = [format, count];
    }
  return best;
}
