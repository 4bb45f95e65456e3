import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Form } from '../../../shared/domain/form/form.ts';
import { chooseFile, dataFiles } from '../../lib/desktop.ts';
import { counted } from '../../lib/format.ts';
import { labelOf } from '../../lib/output.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { announce } from '../../lib/ui-store.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

interface Props {
  readonly form: Form;
  /** The name of the field that is to be filled. */
  readonly field: string;
  readonly onClose: () => void;
}

/** Asks from which file a field is filled, by which columns, and by which field of the same answer. */
export function TableDialog({ form, field, onClose }: Props) {
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [keyColumn, setKeyColumn] = useState('');
  const [valueColumn, setValueColumn] = useState('');
  const keys = listKeys(form, field);
  const [by, setBy] = useState(keys[0] ?? '');
  const looked = useCall('lookup.columns', { path }, { isEnabled: path !== '' });
  const columns = looked.data?.columns ?? [];
  const add = useChange('lookup.add', ({ keys: count, unfit }) => {
    const lost = unfit > 0 ? ` Of ${counted(unfit, 'row')} the value does not fit.` : '';
    announce(`${labelOf(form, field)} is filled from ${counted(count, 'key')}.${lost} Train anew.`);
    onClose();
  });

  const choose = async () => {
    const chosen = await chooseFile('Table of values', dataFiles);
    if (chosen === null) return;
    setPath(chosen);
    setName((before) => before || nameOf(chosen));
    setKeyColumn('');
    setValueColumn('');
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ path, name: name.trim(), field, by, keyColumn, valueColumn });
  };
  const offered = [
    { value: '', label: 'Choose…' },
    ...columns.map((column) => ({ value: column, label: column })),
  ];
  const isWhole = path && name.trim() && by && keyColumn && valueColumn;

  return (
    <Dialog onClose={onClose} title={`Fill ${labelOf(form, field)} from a table`} size="md">
      <form onSubmit={submit}>
        <Stack gap="md">
          <ErrorPanel error={add.error ?? looked.error} />
          <Group gap="sm">
            <Button variant="default" data-autofocus onClick={() => void choose()}>
              Choose the file…
            </Button>
            <span>{path ? fileOf(path) : 'CSV, Excel, JSON Lines or Parquet'}</span>
          </Group>
          <NativeSelect
            label="Looked up by"
            description="The field of the same answer that holds the key."
            data={keys.map((key) => ({ value: key, label: labelOf(form, key) }))}
            value={by}
            onChange={(event) => setBy(event.currentTarget.value)}
          />
          <NativeSelect
            label="Column with the key"
            disabled={columns.length === 0}
            data={offered}
            value={keyColumn}
            onChange={(event) => setKeyColumn(event.currentTarget.value)}
          />
          <NativeSelect
            label={`Column with ${labelOf(form, field)}`}
            disabled={columns.length === 0}
            data={offered}
            value={valueColumn}
            onChange={(event) => setValueColumn(event.currentTarget.value)}
          />
          <TextInput
            label="Name of the table"
            description="The exported student asks for it by this name. What stands in it stays in this project."
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group gap="sm">
            <Button type="submit" loading={add.isPending} disabled={!isWhole}>
              Fill from this table
            </Button>
            <Button variant="default" onClick={onClose}>
              Leave it empty
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** Fields of one value that stand in an answer with the field. */
function listKeys({ slots, frames }: Form, field: string): string[] {
  const own = slots.findIndex(({ name }) => name === field);
  const beside = new Set(
    frames.filter((frame) => frame.slots.includes(own)).flatMap((frame) => frame.slots),
  );
  return slots.flatMap(({ name, isList }, slot) =>
    slot !== own && !isList && beside.has(slot) ? [name] : [],
  );
}

const fileOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path;
const nameOf = (path: string) => fileOf(path).replace(/\.[^.]*$/, '');
