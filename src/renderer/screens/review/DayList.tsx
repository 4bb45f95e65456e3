import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './FormCard.module.css';
import { isDay } from './form-draft.ts';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly texts: readonly string[];
  readonly isRequired: boolean;
  readonly description: ReactNode;
  readonly problem: string | undefined;
  readonly onChange: (texts: readonly string[]) => void;
  readonly onFocus: () => void;
}

/** A list of days: each in the editor of a day, what is no day as text, and one more at the press of a button. */
export function DayList(props: Props) {
  const { label, name, texts, isRequired, description, problem, onChange, onFocus } = props;
  const change = (place: number, text: string) =>
    onChange(texts.map((own, i) => (i === place ? text : own)));
  return (
    <Input.Wrapper
      size="xs"
      label={label}
      labelElement="div"
      withAsterisk={isRequired}
      description={description}
      error={problem}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the wrapper's label is its legend */}
      <div role="group" aria-label={label} className={classes.days}>
        {texts.map((text, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day is known by its place, and may be there twice
          <div key={place} className={classes.day}>
            <TextInput
              size="xs"
              name={name}
              type={text === '' || isDay(text) ? 'date' : 'text'}
              aria-label={`${label} ${place + 1}`}
              value={text}
              onChange={(event) => change(place, event.currentTarget.value)}
              onFocus={onFocus}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={`Remove ${label} ${place + 1}`}
              onClick={() => onChange(texts.filter((_, i) => i !== place))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Button
          size="compact-xs"
          variant="default"
          {...(texts.length === 0 && { name })}
          onClick={() => onChange([...texts, ''])}
          onFocus={onFocus}
        >
          Add a day<span className="visually-hidden"> to {label}</span>
        </Button>
      </div>
    </Input.Wrapper>
  );
}
