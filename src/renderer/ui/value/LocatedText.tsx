import type { Json } from '../../../shared/domain/json.ts';
import { useForm } from '../../lib/use-form.ts';
import { MarkedText } from './MarkedText.tsx';
import { toMarkings, useLocated } from './use-located.ts';

/** A record's text with the places of its output's values; of other tasks the text alone. */
export function LocatedText({
  record,
  text,
  output,
}: {
  /** Its id. */
  readonly record: string;
  readonly text: string;
  readonly output: Json | undefined;
}) {
  const form = useForm();
  const located = useLocated(record, text, output);
  return <MarkedText text={text} markings={form ? toMarkings(form, located) : []} />;
}
