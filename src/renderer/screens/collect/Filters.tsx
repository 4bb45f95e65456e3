import { Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { memo } from 'react';
import { consents, origins } from '../../../shared/domain/example.ts';
import { sentenceCase } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import classes from './Collect.module.css';
import { narrow, useView } from './view-store.ts';

/** Characters; more is no search. */
const LONGEST = 500;

/** A list of long names is wider than the field that opens it. */
const wideList = { width: 280, position: 'bottom-start' } as const;

const options = (ids: readonly string[]) =>
  ids.map((value) => ({ value, label: sentenceCase(value) }));

/** Search and filters. Drawn by its own state alone: the pages that come while one scrolls do not touch it. */
export const Filters = memo(function Filters() {
  const view = useView();
  const facets = useCall('collect.facets', {}).data;
  const filters = [
    { name: 'consent', title: 'Consent', data: options(consents) },
    { name: 'origin', title: 'Origin', data: options(origins) },
    { name: 'label', title: 'Label', data: [...(facets?.labels ?? [])] },
    { name: 'function', title: 'Function', data: [...(facets?.functions ?? [])] },
    {
      name: 'flag',
      title: 'Flag',
      data: (facets?.checks ?? []).map(({ id, title }) => ({ value: id, label: title })),
    },
  ] as const;
  // What a task does not have, there is nothing to choose from.
  const offered = filters.filter(({ data }) => data.length > 0);
  return (
    <search className={classes.filters}>
      <TextInput
        data-search
        className={classes.search}
        size="xs"
        aria-label="Search the texts"
        placeholder="Search the texts ( / )"
        maxLength={LONGEST}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={view.search}
        onChange={(event) => narrow({ search: event.currentTarget.value })}
      />
      {offered.map(({ name, title, data }) => (
        <Select
          key={name}
          className={classes.select}
          size="xs"
          comboboxProps={wideList}
          aria-label={title}
          placeholder={title}
          clearable
          searchable={name === 'label'}
          data={data}
          value={view[name]}
          clearButtonProps={{ 'aria-label': `Any ${name}` }}
          onChange={(value) => narrow({ [name]: value })}
        />
      ))}
      <ColumnFilter columns={facets?.metaColumns ?? []} />
    </search>
  );
});

/** By a column of the file that became no part of the record, such as a date, or by the file itself. */
function ColumnFilter({ columns }: { readonly columns: readonly string[] }) {
  const { column, columnText } = useView();
  const data = [
    { value: 'source', label: 'Source file' },
    ...columns.map((name) => ({ value: `meta.${name}`, label: name })),
  ];
  const title = data.find(({ value }) => value === column)?.label;
  return (
    <>
      <Select
        className={classes.select}
        size="xs"
        comboboxProps={wideList}
        aria-label="Column"
        placeholder="Column"
        clearable
        data={data}
        value={column}
        clearButtonProps={{ 'aria-label': 'Any column' }}
        onChange={(value) => narrow({ column: value, columnText: '' })}
      />
      {title && (
        <TextInput
          className={classes.search}
          size="xs"
          aria-label={`${title} contains`}
          placeholder={`${title} contains…`}
          maxLength={LONGEST}
          value={columnText}
          onChange={(event) => narrow({ columnText: event.currentTarget.value })}
        />
      )}
    </>
  );
}
