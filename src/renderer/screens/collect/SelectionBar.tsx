import { Button } from '@mantine/core';
import type { Input } from '../../lib/bridge.ts';
import { count, counted } from '../../lib/format.ts';
import classes from './Collect.module.css';
import { openConsent } from './consent-store.ts';
import { useView } from './view-store.ts';

type Selection = Input<'collect.consent'>['selection'];

/** What to do with the ticked records, or with all that match. */
export function SelectionBar({
  matching,
  all,
}: {
  readonly matching: number;
  readonly all: Selection;
}) {
  const selected = useView((state) => state.selected);
  if (selected.size === 0) return null;
  const some: Selection = { keys: [...selected] };
  return (
    <section className={classes.selection} aria-label="Selection">
      <strong>{counted(selected.size, 'record')} selected</strong>
      <Button
        size="compact-sm"
        color="outside"
        onClick={() => openConsent({ selection: some, size: selected.size, to: 'permitted' })}
      >
        Permit {count(selected.size)}…
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => openConsent({ selection: some, size: selected.size, to: 'redacted' })}
      >
        Redact…
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => openConsent({ selection: some, size: selected.size, to: 'private' })}
      >
        Make private…
      </Button>
      {matching > selected.size && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => openConsent({ selection: all, size: matching, to: 'permitted' })}
        >
          Permit all {count(matching)} that match…
        </Button>
      )}
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        onClick={() => useView.setState({ selected: new Set() })}
      >
        Clear
      </Button>
    </section>
  );
}
