import { z } from 'zod';
import type { Option } from './command.ts';

/** Readers for option values: everything arrives from the shell as text. */
export const wholeNumber = z.string().regex(/^\d+$/, 'needs a whole number').transform(Number);
export const number = z
  .string()
  .refine((text) => text.trim() !== '' && Number.isFinite(Number(text)), 'needs a number')
  .transform(Number);
/** A share in [0, 1); "10%" is read as 0.1. */
export const fraction = z
  .string()
  .transform((text) => (text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text)))
  .refine((value) => value >= 0 && value < 1, 'needs a share from 0 up to 1, such as 0.2');
export const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
/** A date or date and time, read as Unix milliseconds; a bare date means its end in local time. */
export const dateMs = z.string().transform((text, context) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? Date.parse(`${text}T23:59:59.999`)
    : Date.parse(text);
  if (Number.isNaN(time)) {
    context.addIssue({ code: 'custom', message: 'needs a date such as 2027-01-31' });
    return z.NEVER;
  }
  return time;
});
/** Where the tables that fill a student's fields come from. */
export const tableOptions: readonly Option[] = [
  { flags: '--project <file>', description: 'the project whose tables fill fields' },
  { flags: '--table <name=file...>', description: 'a file in place of a table of that name' },
];
export const tableSchema = {
  project: z.string().optional(),
  table: z.array(z.string()).optional(),
};
