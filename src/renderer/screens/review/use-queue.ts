import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import type { ReviewItem, Verdict } from '../../../shared/contract/review.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { type CallError, call, type Output } from '../../lib/bridge.ts';
import { useSummary } from '../../lib/project.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { announce, useUi } from '../../lib/ui-store.ts';
import { useForm } from '../../lib/use-form.ts';
import { decidedWords } from './decided-words.ts';

const BATCH = 30;
/** So many decisions of a batch are made before the next one is asked for, while a few records still wait. */
const REFILL_AFTER = 22;

export const QUEUE_KEY = 'queue';

/** What was just decided, for the strip below the card. */
export interface Decided {
  readonly id: string;
  readonly verdict: Verdict;
  readonly words: string;
}

export interface Queue {
  readonly item: ReviewItem | undefined;
  readonly decided: readonly Decided[];
  readonly position: number;
  readonly length: number;
  readonly isLoading: boolean;
  readonly error: Error | null;
  decide(verdict: Verdict, output?: Json): void;
  undo(): void;
}

/** The queue as this window walks it: a decision shows the next record at once and is saved behind it. */
export function useQueue(): Queue {
  const [decided, setDecided] = useState<readonly Decided[]>([]);
  const { data, isPending, error: loadError } = useBatch(decided.length);
  const [error, setError] = useState<Error | null>(null);
  const reviewer = useReviewer((state) => state.name);
  const waiting = useMemo(() => {
    const done = new Set(decided.map(({ id }) => id));
    return data?.items.filter(({ id }) => !done.has(id)) ?? [];
  }, [data, decided]);
  const item = waiting[0];
  const form = useForm();
  const [startedAtMs, setStartedAtMs] = useState(() => Date.now());

  const decide = useCallback(
    (verdict: Verdict, output?: Json) => {
      if (!item) return;
      const seconds = (Date.now() - startedAtMs) / 1000;
      const words = decidedWords(verdict, output, item, form);
      setDecided((before) => [{ id: item.id, verdict, words }, ...before]);
      setStartedAtMs(Date.now());
      setError(null);
      announce(`${words}.`);
      const decision = {
        id: item.id,
        verdict,
        seconds,
        ...(output === undefined ? {} : { output: output as never }),
      };
      call('review.decide', { reviewer, decisions: [decision] }).catch((problem: Error) => {
        setError(problem);
        setDecided((before) => before.filter(({ id }) => id !== item.id));
      });
    },
    [form, item, reviewer, startedAtMs],
  );

  const undo = useCallback(() => {
    const last = decided[0];
    if (!last) return;
    call('project.undo', {}).then(({ name }) => {
      // What a person did last in the project may be something else than the last decision here.
      const isDecision = name === `${last.verdict} 1`;
      if (isDecision) setDecided((before) => before.slice(1));
      announce(`Undone: ${isDecision ? last.words : name}`);
    }, setError);
  }, [decided]);

  return {
    item,
    decided,
    position: decided.length + 1,
    length: decided.length + waiting.length,
    isLoading: isPending,
    error: error ?? loadError,
    decide,
    undo,
  };
}

/**
 * The next records in their order. To order them reads them all, seconds where there are 100,000: it is done anew not
 * with every decision but when few are left, when a job has ended, and when something was undone.
 */
function useBatch(decisions: number) {
  const refill = Math.floor(decisions / REFILL_AFTER);
  const endedJob = useUi(({ jobs }) => jobs.find(({ state }) => state !== 'running')?.id);
  const undone = useSummary()?.redo;
  return useQuery<Output<'review.next'>, CallError>({
    queryKey: [QUEUE_KEY, refill, endedJob, undone],
    queryFn: () => call('review.next', { count: BATCH }),
    placeholderData: keepPreviousData,
    // Whoever comes back to this screen finds what others decided meanwhile.
    gcTime: 0,
    staleTime: 0,
  });
}
