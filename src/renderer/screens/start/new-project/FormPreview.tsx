import { GateMark } from '../../../ui/Marks.tsx';
import { slotWords } from '../../../ui/value/slot-words.ts';
import type { CheckedDraft } from './check-draft.ts';
import classes from './NewProject.module.css';

/** What the definition comes to, or the place of what cannot be learnt; said while it is typed. */
export function FormPreview({ checked }: { readonly checked: CheckedDraft }) {
  return (
    <section
      className={classes.preview}
      aria-label="The form"
      aria-live="polite"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
    >
      <Body checked={checked} />
    </section>
  );
}

function Body({ checked }: { readonly checked: CheckedDraft }) {
  if (checked.state === 'incomplete')
    return <p className={classes.dim}>Still needed: {checked.missing}.</p>;
  if (checked.state === 'wrong')
    return (
      <>
        <GateMark state="failed" word="This cannot be learnt" />
        {checked.place !== undefined && (
          <p>
            At <code>{checked.place}</code>
          </p>
        )}
        <p>{checked.problem}</p>
        <p className={classes.dim}>
          Students fill in texts, numbers, yes or no, dates, times, choices, lists of these, and
          objects of named fields.
        </p>
      </>
    );
  const { form } = checked;
  if (!form) return null;
  return (
    <>
      <GateMark state="passed" word="All of this can be learnt" />
      {form.frames.map((frame) => (
        <table key={frame.name} className={classes.form} aria-label={frame.name || 'Fields'}>
          {form.hasNone && (
            <caption>
              <strong>{frame.name}</strong> {frame.description}
            </caption>
          )}
          <tbody>
            {frame.slots.map((slot) => (
              <tr key={slot}>
                <th scope="row">{form.slots[slot]!.path.join('.')}</th>
                <td>{slotWords(form.slots[slot]!)}</td>
                <td>{frame.required.includes(slot) ? 'required' : ''}</td>
              </tr>
            ))}
            {frame.slots.length === 0 && (
              <tr>
                <td>no fields</td>
              </tr>
            )}
          </tbody>
        </table>
      ))}
      {form.hasNone && <p className={classes.dim}>“No call” is always an answer, too.</p>}
    </>
  );
}
