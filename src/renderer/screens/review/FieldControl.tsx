import {
  ActionIcon,
  MultiSelect,
  NativeSelect,
  SegmentedControl,
  TagsInput,
  TextInput,
} from '@mantine/core';
import { IconCursorText } from '@tabler/icons-react';
import { type KeyboardEvent, useId } from 'react';
import type { Slot } from '../../../shared/domain/form/form.ts';
import { valueText } from '../../lib/output.ts';
import { DayList } from './DayList.tsx';
import classes from './FormCard.module.css';
import { isDay, no, yes } from './form-draft.ts';

export interface FieldControlProps {
  readonly slot: Slot;
  readonly texts: readonly string[];
  readonly isRequired: boolean;
  readonly problem: string | undefined;
  readonly doubt: string | undefined;
  /** Marks the control for those who look for the field of a slot. */
  readonly name: string;
  readonly onChange: (texts: readonly string[]) => void;
  readonly onFocus: () => void;
  /** Puts the words chosen in the record into the field, or goes to the words to choose some. */
  readonly onTake: () => void;
}

/** The control that suits what a field holds. */
export function FieldControl(props: FieldControlProps) {
  const { slot, texts, isRequired, problem, doubt, name, onChange, onFocus, onTake } = props;
  const label = slot.path.join('.');
  const id = useId();
  const shared = {
    label,
    name,
    size: 'xs' as const,
    withAsterisk: isRequired,
    description: describe(slot, doubt),
    error: problem,
    onFocus,
  };
  const text = texts[0] ?? '';
  const takes = slot.type === 'string';
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'F2' || !takes) return;
    event.preventDefault();
    onTake();
  };
  const take = takes && (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={`Take the chosen words into ${label}`}
      title="Take the chosen words (F2)"
      onMouseDown={(event) => event.preventDefault()}
      onClick={onTake}
    >
      <IconCursorText size={14} aria-hidden />
    </ActionIcon>
  );

  if (slot.isList && slot.type === 'enum')
    return (
      <MultiSelect
        {...shared}
        data={slot.choices.map((choice, place) => ({
          value: String(place),
          label: valueText(choice),
        }))}
        value={[...texts]}
        onChange={onChange}
      />
    );
  if (slot.isList && slot.type === 'date') {
    const { description } = shared;
    const own = { label, name, texts, isRequired, description, problem, onChange, onFocus };
    return <DayList {...own} />;
  }
  if (slot.isList)
    return (
      <TagsInput
        {...shared}
        placeholder="One, Enter, the next"
        value={[...texts]}
        onChange={onChange}
        onKeyDown={onKeyDown}
        rightSection={take}
        acceptValueOnBlur
      />
    );
  if (slot.type === 'enum')
    return (
      <NativeSelect
        {...shared}
        data={[
          { value: '', label: '– not given –' },
          ...slot.choices.map((choice, place) => ({
            value: String(place),
            label: valueText(choice),
          })),
        ]}
        value={text}
        onChange={(event) =>
          onChange(event.currentTarget.value === '' ? [] : [event.currentTarget.value])
        }
      />
    );
  if (slot.type === 'boolean')
    return (
      <div className={classes.choice}>
        <span id={id} className={classes.choiceLabel}>
          {label}
          {isRequired && ' *'}
        </span>
        {describe(slot, doubt) && <span className={classes.hint}>{describe(slot, doubt)}</span>}
        <SegmentedControl
          size="xs"
          name={name}
          aria-labelledby={id}
          data={[
            { value: '', label: 'Not given' },
            { value: yes, label: 'Yes' },
            { value: no, label: 'No' },
          ]}
          value={text}
          onChange={(value) => onChange(value === '' ? [] : [value])}
        />
        {problem && <span className={classes.problem}>{problem}</span>}
      </div>
    );
  return (
    <TextInput
      {...shared}
      type={slot.type === 'date' && (text === '' || isDay(text)) ? 'date' : 'text'}
      inputMode={slot.type === 'integer' || slot.type === 'number' ? 'decimal' : 'text'}
      placeholder={placeholders[slot.type] ?? ''}
      value={text}
      onChange={(event) => onChange([event.currentTarget.value])}
      onKeyDown={onKeyDown}
      rightSection={take || (slot.unit && <span className={classes.unit}>{slot.unit}</span>)}
      rightSectionWidth={slot.unit && !take ? 'auto' : 28}
      rightSectionPointerEvents={take ? 'all' : 'none'}
    />
  );
}

const placeholders: Readonly<Partial<Record<Slot['type'], string>>> = {
  time: '19:00',
  'date-time': '2027-03-31T19:00',
};

function describe({ description }: Slot, doubt: string | undefined) {
  if (!doubt) return description || undefined;
  return (
    <>
      {description} <span className={classes.doubt}>{doubt}</span>
    </>
  );
}
