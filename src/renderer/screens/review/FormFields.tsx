import { Button, Group } from '@mantine/core';
import type { FormEvent } from 'react';
import type { Form } from '../../../shared/domain/form/form.ts';
import { FieldControl } from './FieldControl.tsx';
import classes from './FormCard.module.css';
import type { FormEditor } from './use-form-editor.ts';

interface Props {
  readonly form: Form;
  readonly editor: FormEditor;
  /** By slot, why it deserves a look. */
  readonly doubts: ReadonlyMap<number, string>;
  readonly fieldName: (slot: number) => string;
  readonly onFocus: (slot: number) => void;
  readonly onTake: (slot: number) => void;
  readonly onSave: () => void;
  readonly onLeave: () => void;
}

/** The fields of the chosen function or form, each in its control; what is wrong stands beside it. */
export function FormFields({
  form,
  editor,
  doubts,
  fieldName,
  onFocus,
  onTake,
  onSave,
  onLeave,
}: Props) {
  const { draft, problems } = editor;
  const frame = form.frames[draft.frame];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {problems.others.map((problem) => (
        <p key={problem} className={classes.problem} role="alert">
          {problem}
        </p>
      ))}
      <div className={classes.fields} data-record>
        {frame?.slots.map((slot) => (
          <FieldControl
            key={slot}
            slot={form.slots[slot]!}
            name={fieldName(slot)}
            texts={draft.texts.get(slot) ?? []}
            isRequired={frame.required.includes(slot)}
            problem={problems.bySlot.get(slot)}
            doubt={doubts.get(slot)}
            onChange={(texts) => editor.setTexts(slot, texts)}
            onFocus={() => onFocus(slot)}
            onTake={() => onTake(slot)}
          />
        ))}
      </div>
      <Group gap="sm">
        <Button type="submit" size="compact-md">
          Save, next <kbd className={classes.key}>Enter</kbd>
        </Button>
        <Button variant="default" size="compact-md" onClick={onLeave}>
          Leave as it was <kbd className={classes.key}>Esc</kbd>
        </Button>
      </Group>
    </form>
  );
}
