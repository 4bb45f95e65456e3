import type { Form, Slot } from '../../../shared/domain/form/form.ts';
import { type ReplyTemplate, slotsOf } from '../../../shared/domain/reply.ts';

/** What a value of a kind must look like, whatever was read. */
const patterns: Readonly<Record<string, string>> = {
  amount: '[0-9]',
  number: '[0-9]',
  code: '[0-9]',
  email: '^[^ @]+@[^ @]+$',
  url: '[.]',
};

/**
 * Types of reply as a form: each a frame, its values texts that are read and never chosen. A value may be lacking, so that
 * a student is not made to find one that is not there; the reply is then incomplete.
 */
export function compileReplies(templates: readonly ReplyTemplate[]): Form {
  const names = [...new Set(templates.flatMap(slotsOf))];
  return {
    slots: names.map(toSlot),
    frames: templates.map((template) => ({
      name: template.name,
      description: '',
      slots: slotsOf(template).map((slot) => names.indexOf(slot)),
      required: [],
      objects: [],
    })),
    hasNone: true,
  };
}

function toSlot(name: string): Slot {
  const pattern = patterns[name.replace(/ [0-9]+$/, '')];
  return {
    path: [name],
    name,
    type: 'string',
    isList: false,
    isNullable: true,
    choices: [],
    ...(pattern !== undefined && { limits: { patterns: [pattern] } }),
    isQuoted: true,
    description: '',
  };
}
