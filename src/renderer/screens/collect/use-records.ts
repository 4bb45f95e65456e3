import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { RecordPage, RecordRow } from '../../../shared/contract/collect.ts';
import { type CallError, call } from '../../lib/bridge.ts';
import { useCall } from '../../lib/query.ts';
import { filterOf, useView } from './view-store.ts';

const PAGE_ROWS = 200;
const TYPING_PAUSE_MS = 60;

/** The records that the view names, page by page, and how many there are. */
export function useRecords() {
  const view = useView();
  const [search] = useDebouncedValue(view.search.trim(), TYPING_PAUSE_MS);
  const [filter] = useDebouncedValue(filterOf(view), TYPING_PAUSE_MS);
  const { sort, isDescending } = view;
  const pages = useInfiniteQuery<
    RecordPage,
    CallError,
    { pages: RecordPage[] },
    unknown[],
    string | null
  >({
    queryKey: ['collect.page', filter, search, sort, isDescending],
    initialPageParam: null,
    queryFn: ({ pageParam }) =>
      call('collect.page', {
        filter,
        search,
        sort,
        isDescending,
        after: pageParam,
        limit: PAGE_ROWS,
      }),
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
    // To compare all rows so far with each page that comes would cost more the further one scrolls.
    structuralSharing: false,
  });
  // Rows are looked for at nearly every key, and counted once they are here.
  const counts = useCall(
    'collect.count',
    { filter, search },
    { keepsPrevious: true, isEnabled: search === '' || !pages.isFetching },
  );
  const rows = useMemo<readonly RecordRow[]>(
    () => pages.data?.pages.flatMap((page) => page.rows) ?? [],
    [pages.data],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    rows,
    matching: counts.data?.matching ?? rows.length,
    total: counts.data?.total ?? rows.length,
    error: pages.error ?? counts.error,
    isLoading: pages.isPending,
    loadMore,
    selectionOfAll: { filter, search },
  };
}
