import type { WorstError } from '../../../shared/contract/evaluate.ts';
import { percent } from '../../lib/format.ts';
import { useForm } from '../../lib/use-form.ts';
import { ConsentMark } from '../../ui/Marks.tsx';
import { MarkedText } from '../../ui/value/MarkedText.tsx';
import { OutputPair } from '../../ui/value/OutputPair.tsx';
import { toMarkings } from '../../ui/value/use-located.ts';
import classes from './Evaluate.module.css';

type Outputs = NonNullable<WorstError['outputs']>;

/** One wrong answer: the text with what the student read, and both answers side by side. */
export function ErrorCard({
  error,
  outputs,
}: {
  readonly error: WorstError;
  readonly outputs: Outputs;
}) {
  const form = useForm();
  const { id, text, consent, confidence, fields = [] } = error;
  return (
    <li className={classes.error}>
      <p className={classes.errorText}>
        <MarkedText text={text} markings={form ? toMarkings(form, fields) : []} />
      </p>
      <p className={classes.on}>
        {id} · {percent(confidence, 0)} sure · <ConsentMark consent={consent} />
      </p>
      <OutputPair
        label={`Right and student's answer for ${id}`}
        first={outputs.gold}
        second={outputs.predicted}
        firstTitle="Right answer"
        secondTitle="Student said"
        missing={error.missing ?? []}
      />
    </li>
  );
}
