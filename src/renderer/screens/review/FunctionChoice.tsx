import { UnstyledButton } from '@mantine/core';
import type { Form } from '../../../shared/domain/form/form.ts';
import { noCall } from '../../../shared/domain/tools.ts';
import classes from './Review.module.css';

interface Props {
  readonly form: Form;
  /** Index of the chosen frame; undefined where none is. */
  readonly frame: number | undefined;
  readonly onChoose: (frame: number) => void;
}

/** The functions that have a digit; "no call" has 0. */
export const DIGITS = 9;

/** Which function, or none: each with its digit. */
export function FunctionChoice({ form, frame, onChoose }: Props) {
  return (
    <fieldset className={classes.labels} aria-label="Function">
      {form.frames.map(({ name, description }, index) => (
        <UnstyledButton
          key={name}
          className={classes.label}
          data-given={index === frame}
          aria-pressed={index === frame}
          title={description}
          onClick={() => onChoose(index)}
        >
          {index < DIGITS && <kbd>{index + 1}</kbd>} {name}
        </UnstyledButton>
      ))}
      <UnstyledButton
        className={classes.label}
        data-given={frame === form.frames.length}
        aria-pressed={frame === form.frames.length}
        onClick={() => onChoose(form.frames.length)}
      >
        <kbd>0</kbd> {noCall}
      </UnstyledButton>
    </fieldset>
  );
}
