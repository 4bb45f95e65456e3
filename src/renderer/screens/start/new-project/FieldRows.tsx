import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import {
  type FieldDraft,
  type FieldKind,
  fieldKinds,
  hasChoices,
  hasUnit,
  newField,
} from './draft.ts';
import classes from './NewProject.module.css';

interface Props {
  /** Said of the rows to those who cannot see what stands around them. */
  readonly label: string;
  readonly fields: readonly FieldDraft[];
  readonly onChange: (fields: readonly FieldDraft[]) => void;
}

const kindOptions = Object.entries(fieldKinds).map(([value, label]) => ({ value, label }));

/** A form built row by row: name, kind, choices or unit, required. */
export function FieldRows({ label, fields, onChange }: Props) {
  const change = (key: number, part: Partial<FieldDraft>) =>
    onChange(fields.map((field) => (field.key === key ? { ...field, ...part } : field)));
  return (
    <fieldset className={classes.rows} aria-label={label}>
      <div className={classes.row} aria-hidden>
        {['Field', 'Kind', 'Choices or unit'].map((title) => (
          <span key={title} className={classes.rowTitle}>
            {title}
          </span>
        ))}
      </div>
      {fields.map((field, index) => {
        const called = field.name.trim() || `field ${index + 1}`;
        return (
          <div key={field.key} className={classes.row}>
            <TextInput
              size="xs"
              aria-label={`Name of field ${index + 1}`}
              placeholder="such as city"
              value={field.name}
              onChange={(event) => change(field.key, { name: event.currentTarget.value })}
            />
            <NativeSelect
              size="xs"
              aria-label={`Kind of ${called}`}
              data={kindOptions}
              value={field.kind}
              // The options are the kinds.
              onChange={(event) =>
                change(field.key, { kind: event.currentTarget.value as FieldKind })
              }
            />
            <Details field={field} called={called} onChange={change} />
            <Checkbox
              size="xs"
              className={classes.required}
              label="Required"
              aria-label={`${called} is required`}
              checked={field.isRequired}
              onChange={(event) => change(field.key, { isRequired: event.currentTarget.checked })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${called}`}
              disabled={fields.length === 1}
              onClick={() => onChange(fields.filter(({ key }) => key !== field.key))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        className={classes.add}
        onClick={() => onChange([...fields, newField()])}
      >
        Add a field
      </Button>
    </fieldset>
  );
}

function Details({
  field,
  called,
  onChange,
}: {
  readonly field: FieldDraft;
  readonly called: string;
  readonly onChange: (key: number, part: Partial<FieldDraft>) => void;
}) {
  if (hasChoices(field.kind))
    return (
      <TextInput
        size="xs"
        aria-label={`Choices of ${called}`}
        placeholder="small, medium, large"
        value={field.choices}
        onChange={(event) => onChange(field.key, { choices: event.currentTarget.value })}
      />
    );
  if (hasUnit(field.kind))
    return (
      <TextInput
        size="xs"
        aria-label={`Unit of ${called}`}
        placeholder="unit, if any"
        value={field.unit}
        onChange={(event) => onChange(field.key, { unit: event.currentTarget.value })}
      />
    );
  return <span />;
}
