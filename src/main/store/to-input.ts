import type { Input } from '../../shared/domain/prediction.ts';
import type { Example } from './examples.ts';

const day = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/;

/** What a student reads of an example; its `date` column, mapped or so named, is the day that "tomorrow" counts from. */
export function toInput({
  text,
  context,
  meta,
}: Pick<Example, 'text' | 'context' | 'meta'>): Input {
  const { date } = meta;
  const referenceDate = typeof date === 'string' ? (day.exec(date)?.[0] ?? null) : null;
  return { text, context, ...(referenceDate && { referenceDate }) };
}
