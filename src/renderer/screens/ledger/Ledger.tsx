import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LedgerEntryLine } from '../../../shared/contract/ledger.ts';
import { type CallError, call, type Output } from '../../lib/bridge.ts';
import { chooseSavePath } from '../../lib/desktop.ts';
import { bytes, count, dollars, sentenceCase, timeToTheSecond } from '../../lib/format.ts';
import { useCall, useChange } from '../../lib/query.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { GateMark } from '../../ui/Marks.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import classes from './Ledger.module.css';

type Page = Output<'ledger.list'>;

/** Everything that left, in a chain that shows when someone altered it. */
export function Ledger() {
  const [active, setActive] = useState(0);
  const check = useCall('ledger.verify', {});
  const save = useChange('ledger.save');
  const list = useInfiniteQuery<Page, CallError, { pages: Page[] }, unknown[], number | null>({
    queryKey: ['ledger.list'],
    initialPageParam: null,
    queryFn: ({ pageParam }) => call('ledger.list', { before: pageParam }),
    getNextPageParam: ({ next }) => next,
  });
  const rows = list.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = list.data?.pages[0]?.total ?? 0;

  const saveCsv = async () => {
    const path = await chooseSavePath('Save the ledger', 'ledger.csv', [
      { name: 'CSV', extensions: ['csv'] },
    ]);
    if (path) save.mutate({ path });
  };

  return (
    <ScreenFrame
      isFilled
      action={
        total > 0 && (
          <>
            <Button variant="default" loading={save.isPending} onClick={() => void saveCsv()}>
              Save as CSV…
            </Button>
            <Button loading={check.isFetching} onClick={() => void check.refetch()}>
              Verify
            </Button>
          </>
        )
      }
    >
      <ErrorPanel error={list.error ?? check.error ?? save.error} />
      {list.isPending ? (
        <Loading words="Reading the ledger…" />
      ) : total === 0 ? (
        <EmptyState title="Nothing has left this computer">
          Each request to a teacher is written here before it is sent: when, to whom, why, how much,
          and under which permission. Never the text itself.
        </EmptyState>
      ) : (
        <>
          <p className={classes.chain} role="status">
            {check.data &&
              (check.data.valid ? (
                <GateMark
                  state="passed"
                  word={`Chain intact, ${count(check.data.entries)} links`}
                />
              ) : (
                <GateMark
                  state="failed"
                  word={`Link ${check.data.firstBad ?? '?'} was altered. Later ones cannot be trusted.`}
                />
              ))}
          </p>
          <DataTable
            label="Ledger"
            columns={columns}
            rows={rows}
            total={total}
            activeIndex={active}
            onActivate={setActive}
            onNearEnd={() => {
              if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
            }}
          />
        </>
      )}
    </ScreenFrame>
  );
}

const columns: readonly Column<LedgerEntryLine>[] = [
  { id: 'time', title: 'Time', width: '156px', cell: ({ atMs }) => timeToTheSecond(atMs) },
  {
    id: 'host',
    title: 'To',
    width: 'minmax(140px, 2fr)',
    cell: ({ destination, isLoopback }) =>
      isLoopback ? `${destination} (this computer)` : destination,
  },
  { id: 'purpose', title: 'Why', width: '64px', cell: ({ purpose }) => sentenceCase(purpose) },
  { id: 'model', title: 'Model', width: 'minmax(100px, 1fr)', cell: ({ model }) => model },
  {
    id: 'records',
    title: 'Records',
    width: '64px',
    isNumber: true,
    cell: ({ exampleIds }) => count(exampleIds.length),
  },
  {
    id: 'bytes',
    title: 'Size',
    width: '64px',
    isNumber: true,
    cell: ({ bytes: size }) => bytes(size),
  },
  {
    id: 'redactions',
    title: 'Masked',
    width: '64px',
    isNumber: true,
    cell: ({ redactions }) => count(redactions),
  },
  {
    id: 'cost',
    title: 'Cost',
    width: '72px',
    isNumber: true,
    cell: ({ costUsd }) => (costUsd == null ? '–' : dollars(costUsd)),
  },
  {
    id: 'outcome',
    title: 'Outcome',
    width: '72px',
    cell: ({ outcome }) => sentenceCase(outcome),
  },
];
