import type { TriedText } from '../../../shared/contract/route.ts';
import { percent } from '../../lib/format.ts';
import { labelOf } from '../../lib/output.ts';
import { useForm } from '../../lib/use-form.ts';
import { MarkedText } from '../../ui/value/MarkedText.tsx';
import { OutputFields } from '../../ui/value/OutputFields.tsx';
import { toMarkings } from '../../ui/value/use-located.ts';
import classes from './Route.module.css';

/** Below this a field is named as a reason to ask someone. */
const SURE = 0.9;

/** An answer with fields: where each was read, how sure it is, and the least sure of them. */
export function TriedAnswer({ tried, text }: { readonly tried: TriedText; readonly text: string }) {
  const form = useForm();
  const missing = tried.missing ?? [];
  const fields = (tried.fields ?? []).filter(({ name }) => !missing.includes(name));
  if (!form) return null;
  const unsure = fields.filter(({ confidence }) => confidence < SURE);
  return (
    <>
      <p className={classes.triedText}>
        <MarkedText text={text} markings={toMarkings(form, fields)} />
      </p>
      <OutputFields output={tried.output} notes={fields} missing={missing} />
      {unsure.length > 0 && (
        <p className={classes.leastSure}>
          Least sure of{' '}
          {unsure
            .toSorted((a, b) => a.confidence - b.confidence)
            .map(({ name, confidence }) => `${labelOf(form, name)} (${percent(confidence, 0)})`)
            .join(', ')}
        </p>
      )}
    </>
  );
}
