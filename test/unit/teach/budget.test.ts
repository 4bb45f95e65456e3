import { expect, test } from 'vitest';
import { createBudget } from '../../../src/main/teach/budget.ts';

test('the first call goes alone, and the dearest so far is what the next may cost', async () => {
  const budget = createBudget(1);
  const first = (await budget.reserve(0.01))!;
  const second = budget.reserve(0.01);
  let isWaiting = true;
  void second.then(() => {
    isWaiting = false;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isWaiting).toBe(true);
  first.settle(0.3, 0);
  expect((await second)!.reservedUsd).toBe(0.3);
  const third = (await budget.reserve(0.01))!;
  expect(third.reservedUsd).toBe(0.3);
  // 0.3 spent and 0.6 reserved: the fourth waits, and is told no once the others cost what they might.
  const fourth = budget.reserve(0.01);
  (await second)!.settle(0.3, 0);
  third.settle(0.3, 0);
  expect(await fourth).toBeUndefined();
  expect(budget.spentUsd()).toBeCloseTo(0.9);
});

test('what may have been charged stays reserved', async () => {
  const budget = createBudget(1);
  (await budget.reserve(0.6))!.settle(0, 0.6);
  expect(await budget.reserve(0.6)).toBeUndefined();
  expect(budget.spentUsd()).toBe(0);
});

test('another try after one that may have been charged needs room of its own', async () => {
  const budget = createBudget(1);
  const lost = (await budget.reserve(0.4))!;
  expect(lost.renew()).toBe(true);
  expect(lost.renew()).toBe(false);
  lost.settle(0.1, 0.4);
  // 0.1 spent and 0.4 possibly spent: 0.4 more fits, 0.6 does not.
  expect(await budget.reserve(0.6)).toBeUndefined();
  expect((await budget.reserve(0.4))!.reservedUsd).toBe(0.4);
});

test('without a cap nothing waits', async () => {
  const budget = createBudget(undefined);
  await budget.reserve(5);
  await budget.reserve(5);
  expect(budget.spentUsd()).toBe(0);
});
