import { UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import { type SortColumn, sortColumns } from '../../../shared/contract/collect.ts';
import classes from './Collect.module.css';
import { narrow, useView } from './view-store.ts';

interface Named {
  readonly id: string;
  readonly title: string;
}

/** A column's title; a press sorts by it, a second one turns the order round, a third goes back to the file's. */
export const SortHeader = memo(function SortHeader({ id, title }: Named) {
  const { sort, isDescending } = useView();
  const column = sortColumns.find((one) => one === id);
  if (!column) return title;
  const isOn = sort === column;
  return (
    <UnstyledButton
      className={classes.sort}
      data-on={isOn}
      aria-label={isOn ? `${title}, sorted ${isDescending ? 'down' : 'up'}` : `Sort by ${title}`}
      onClick={() => narrow(next(column, isOn, isDescending))}
    >
      {title} {isOn ? (isDescending ? '↓' : '↑') : ''}
    </UnstyledButton>
  );
});

function next(column: SortColumn, isOn: boolean, isDescending: boolean) {
  if (!isOn) return { sort: column, isDescending: false };
  return isDescending
    ? { sort: 'order' as const, isDescending: false }
    : { sort: column, isDescending: true };
}
