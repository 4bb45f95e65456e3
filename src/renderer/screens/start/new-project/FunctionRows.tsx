import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FunctionDraft, newFunction } from './draft.ts';
import { FieldRows } from './FieldRows.tsx';
import classes from './NewProject.module.css';

/** Functions one after the other, each with the rows of its arguments. */
export function FunctionRows({
  functions,
  onChange,
}: {
  readonly functions: readonly FunctionDraft[];
  readonly onChange: (functions: readonly FunctionDraft[]) => void;
}) {
  const change = (key: number, part: Partial<FunctionDraft>) =>
    onChange(functions.map((one) => (one.key === key ? { ...one, ...part } : one)));
  return (
    <div className={classes.functions}>
      {functions.map((one, index) => {
        const called = one.name.trim() || `function ${index + 1}`;
        return (
          <section key={one.key} className={classes.function} aria-label={called}>
            <div className={classes.functionHead}>
              <TextInput
                size="xs"
                label="Function"
                aria-label={`Name of function ${index + 1}`}
                placeholder="such as reserve_table"
                value={one.name}
                onChange={(event) => change(one.key, { name: event.currentTarget.value })}
              />
              <TextInput
                size="xs"
                label="What it does"
                aria-label={`What ${called} does`}
                placeholder="Books a table at a restaurant."
                value={one.description}
                onChange={(event) => change(one.key, { description: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${called}`}
                disabled={functions.length === 1}
                onClick={() => onChange(functions.filter(({ key }) => key !== one.key))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </div>
            <FieldRows
              label={`Fields of ${called}`}
              fields={one.fields}
              onChange={(fields) => change(one.key, { fields })}
            />
          </section>
        );
      })}
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} aria-hidden />}
        className={classes.add}
        onClick={() => onChange([...functions, newFunction()])}
      >
        Add a function
      </Button>
    </div>
  );
}
