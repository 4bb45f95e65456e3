import { Button, Checkbox } from '@mantine/core';
import { type KeyboardEvent, useMemo } from 'react';
import { useLocation } from 'wouter';
import type { RecordRow } from '../../../shared/contract/collect.ts';
import { count } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useForm } from '../../lib/use-form.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import classes from './Collect.module.css';
import { ConsentDialog } from './ConsentDialog.tsx';
import { openConsent } from './consent-store.ts';
import { DropZone } from './DropZone.tsx';
import { Filters } from './Filters.tsx';
import { Inspector } from './Inspector.tsx';
import { columnsOf } from './record-columns.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { SortHeader } from './SortHeader.tsx';
import { useCheckTitle } from './use-check-title.ts';
import { useRecords } from './use-records.ts';
import { clearSelection, resetView, toggleSelected, useView } from './view-store.ts';

/** The table of records: search, filter, sort, choose what may leave. */
export function Records() {
  const [, navigate] = useLocation();
  const records = useRecords();
  const { rows, matching, total, error, isLoading } = records;
  const { activeIndex, selected, isAllSelected } = useView();
  const active = rows[activeIndex];
  const hasSynthetic = (useSummary()?.synthetic ?? 0) > 0;
  const hasFields = useForm() !== undefined;
  const checkTitle = useCheckTitle();
  const columns = useMemo(
    () => columnsOf(hasSynthetic, hasFields, checkTitle),
    [hasSynthetic, hasFields, checkTitle],
  );

  const onKey = (event: KeyboardEvent) => {
    if (!active || event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = selected.size > 0 ? [...selected] : [active.key];
    const chosen = isAllSelected
      ? { selection: records.selectionOfAll, size: matching }
      : { selection: { keys }, size: keys.length };
    const consents = { p: 'permitted', v: 'private', r: 'redacted' } as const;
    const to = consents[event.key as keyof typeof consents];
    if (event.key === ' ') toggleSelected(active.key);
    else if (to) openConsent({ ...chosen, to });
    else return;
    event.preventDefault();
  };

  const importButton = <Button onClick={() => navigate('/import')}>Import file…</Button>;
  if (!isLoading && !error && total === 0)
    return (
      <ScreenFrame>
        <DropZone>
          <EmptyState title="No records yet" action={importButton}>
            Drop a CSV, JSONL, XLSX or Parquet file here. You see how it is read before anything is
            imported, and every record starts out private.
          </EmptyState>
        </DropZone>
      </ScreenFrame>
    );

  return (
    <ScreenFrame
      isFilled
      action={importButton}
      inspector={active && <Inspector recordKey={active.key} />}
    >
      <DropZone>
        <Filters />
        <ErrorPanel error={error} />
        {isLoading ? (
          <Loading words="Reading the records…" />
        ) : matching === 0 && rows.length === 0 ? (
          <EmptyState
            title="No record matches"
            action={
              <Button variant="default" onClick={resetView}>
                Show all {count(total)}
              </Button>
            }
          />
        ) : (
          <DataTable
            label={`Records, ${count(matching)} of ${count(total)}`}
            columns={columns}
            rows={rows}
            total={matching}
            activeIndex={Math.min(activeIndex, Math.max(0, rows.length - 1))}
            onActivate={(index) => useView.setState({ activeIndex: index })}
            onNearEnd={records.loadMore}
            isSelected={({ key }) => selected.has(key)}
            onKey={onKey}
            header={(column) =>
              column.id === 'select' ? (
                <Checkbox
                  size="xs"
                  aria-label="Select the loaded rows"
                  checked={selected.size > 0 && selected.size === rows.length}
                  indeterminate={selected.size > 0 && selected.size < rows.length}
                  onChange={() =>
                    selected.size > 0
                      ? clearSelection()
                      : useView.setState({ selected: keysOf(rows) })
                  }
                />
              ) : (
                <SortHeader id={column.id} title={column.title} />
              )
            }
          />
        )}
        <SelectionBar
          matching={matching}
          all={records.selectionOfAll}
          isNarrowed={matching < total}
          onSelectAll={() => useView.setState({ selected: keysOf(rows), isAllSelected: true })}
        />
      </DropZone>
      <ConsentDialog />
      <footer className={classes.foot}>
        <strong>
          {matching === total
            ? `${count(total)} records`
            : `${count(matching)} of ${count(total)} records`}
        </strong>
        <span>↑ ↓ move · Space select · P permit… · V make private… · R redact… · / search</span>
      </footer>
    </ScreenFrame>
  );
}

const keysOf = (rows: readonly RecordRow[]) => new Set(rows.map(({ key }) => key));
