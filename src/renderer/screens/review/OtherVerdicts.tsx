import type { Queue } from './use-queue.ts';
import { Verdict } from './Verdict.tsx';

/** What can be decided of every record, whatever its answer is. */
export function OtherVerdicts({ queue }: { readonly queue: Queue }) {
  return (
    <>
      <Verdict keys="X" word="Reject" onPress={() => queue.decide('reject')} />
      <Verdict keys="S" word="Skip" onPress={() => queue.decide('skip')} />
      <Verdict keys="⌫" word="Undo" isDisabled={queue.decided.length === 0} onPress={queue.undo} />
    </>
  );
}

/** Decides by one of their keys; false for any other. */
export function pressOther(queue: Queue, key: string): boolean {
  if (key === 'x') queue.decide('reject');
  else if (key === 's') queue.decide('skip');
  else if (key === 'Backspace') queue.undo();
  else return false;
  return true;
}
