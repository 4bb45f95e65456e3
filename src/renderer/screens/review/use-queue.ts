import { useCallback, useMemo, useState } from 'react';
import type { ReviewItem, Verdict } from '../../../shared/contract/review.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { call } from '../../lib/bridge.ts';
import { useCall } from '../../lib/query.ts';
import { useReviewer } from '../../lib/reviewer.ts';
import { announce } from '../../lib/ui-store.ts';
import { useForm } from '../../lib/use-form.ts';
import { decidedWords } from './decided-words.ts';

const BATCH = 30;

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
  const {
    data,
    isPending,
    error: loadError,
  } = useCall('review.next', { count: BATCH }, { keepsPrevious: true });
  const [decided, setDecided] = useState<readonly Decided[]>([]);
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
