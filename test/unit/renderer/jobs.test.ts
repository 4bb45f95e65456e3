import { expect, test } from 'vitest';
import { recordJob, useUi } from '../../../src/renderer/lib/ui-store.ts';

test('a job whose count begins anew is at its next step, and its time counts from there', () => {
  const startedAtMs = Date.now() - 60_000;
  const tell = (done: number, total: number) => {
    recordJob({ id: 1, kind: 'train', state: 'running', done, total, message: '', startedAtMs });
    return useUi.getState().jobs[0]!;
  };
  expect(tell(0, 100)).toMatchObject({ step: 1, stepStartedAtMs: startedAtMs });
  // A total that is only estimated changes on the way, as that of a file.
  expect(tell(90, 120)).toMatchObject({ step: 1, stepStartedAtMs: startedAtMs });
  const second = tell(3, 50);
  expect(second.step).toBe(2);
  expect(second.stepStartedAtMs).toBeGreaterThan(startedAtMs + 50_000);
  expect(tell(20, 50)).toMatchObject({ step: 2, stepStartedAtMs: second.stepStartedAtMs });
});
