import { describe, expect, test } from 'vitest';
import type { Session } from '../../../../src/main/onnx/session.ts';
import { createOpenSessions, openBytes } from '../../../../src/main/train/trainer/open-sessions.ts';

const model = new Uint8Array([1]);
const backward = new Uint8Array([2]);
const bytes = (...sizes: readonly number[]) =>
  sizes.map((activationBytes) => ({ activationBytes }));

/** Sessions that say what happens to them. */
function watched(sizes: readonly number[], mostBytes: number) {
  const said: string[] = [];
  let loaded = 0;
  const sessions = createOpenSessions(
    bytes(...sizes),
    async (): Promise<Session> => {
      const number = ++loaded;
      said.push(`load ${number}`);
      return {
        inputNames: [],
        outputNames: [],
        run: async () => ({}),
        close: async () => void said.push(`close ${number}`),
      };
    },
    mostBytes,
  );
  return { sessions, said };
}

describe('open sessions', () => {
  test('the one longest unused makes room', async () => {
    const { sessions, said } = watched([10, 20, 30], 40);
    await sessions.of(0, model); // 1
    await sessions.of(1, model); // 2
    await sessions.of(0, model);
    await sessions.of(2, model); // 3: with the first, but not with the second
    expect(said).toEqual(['load 1', 'load 2', 'close 2', 'load 3']);
    await sessions.of(1, model);
    expect(said.slice(4)).toEqual(['close 1', 'close 3', 'load 4']);
    await sessions.close();
    expect(said.at(-1)).toBe('close 4');
  });

  test('both halves of a bucket stay open together, also one that is too large alone', async () => {
    const { sessions, said } = watched([100], 40);
    await sessions.of(0, model);
    await sessions.of(0, backward);
    await sessions.of(0, model);
    expect(said).toEqual(['load 1', 'load 2']);
  });

  test('tells what is open at the most', () => {
    const GB = 2 ** 30;
    expect(openBytes(bytes(1, 2, 3))).toBe(6);
    expect(openBytes(bytes(GB, GB, 10))).toBe(GB);
    expect(openBytes(bytes(3 * GB, 10))).toBe(3 * GB);
  });
});
