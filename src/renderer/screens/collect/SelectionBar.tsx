import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Input } from '../../lib/bridge.ts';
import { count, counted } from '../../lib/format.ts';
import classes from './Collect.module.css';
import { openConsent } from './consent-store.ts';
import { clearSelection, useView } from './view-store.ts';

type Selection = Input<'collect.consent'>['selection'];

const acts = [
  { to: 'permitted', title: (n: string) => `Permit ${n}…`, color: 'outside' },
  { to: 'redacted', title: () => 'Redact…', variant: 'default' },
  { to: 'private', title: () => 'Make private…', variant: 'default' },
] as const;

/**
 * What to do with the ticked records, or with all that match once that was asked for; where a filter is at work, that
 * is offered before anything is ticked.
 */
export function SelectionBar({
  matching,
  all,
  isNarrowed,
  onSelectAll,
}: {
  readonly matching: number;
  readonly all: Selection;
  readonly isNarrowed: boolean;
  readonly onSelectAll: () => void;
}) {
  const { selected, isAllSelected } = useView();
  const selectAll = (
    <Button size="compact-sm" variant="default" onClick={onSelectAll}>
      Select all {count(matching)} that match
    </Button>
  );
  if (selected.size === 0)
    return isNarrowed && matching > 0 ? (
      <section className={classes.selection} aria-label="Selection">
        {selectAll}
      </section>
    ) : null;
  const selection: Selection = isAllSelected ? all : { keys: [...selected] };
  const size = isAllSelected ? matching : selected.size;
  return (
    <section className={classes.selection} aria-label="Selection">
      <strong>
        {isAllSelected
          ? `All ${counted(size, 'record')} that match`
          : `${counted(size, 'record')} selected`}
      </strong>
      {!isAllSelected && matching > selected.size && selectAll}
      <span className={classes.gap} />
      {acts.map(({ to, title, ...look }) => (
        <Button
          key={to}
          size="compact-sm"
          {...look}
          onClick={() => openConsent({ selection, size, to })}
        >
          {title(count(size))}
        </Button>
      ))}
      <ActionIcon variant="subtle" color="gray" aria-label="Clear" onClick={clearSelection}>
        <IconX size={16} aria-hidden />
      </ActionIcon>
    </section>
  );
}
