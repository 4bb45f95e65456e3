import { afterEach, expect, test } from 'vitest';
import { listenOnLoopback } from '../../../src/main/gate/listen.ts';
import { assertOnline, setOffline } from '../../../src/main/gate/offline.ts';

afterEach(() => setOffline(false));

test('offline refuses the world and this computer, and lets go again', () => {
  const addresses = ['https://api.example.com/v1', 'http://127.0.0.1:11434/v1'];
  setOffline(true);
  for (const address of addresses)
    expect(() => assertOnline(address)).toThrow(expect.objectContaining({ code: 'gate.offline' }));
  setOffline(false);
  for (const address of addresses) expect(() => assertOnline(address)).not.toThrow();
});

test('a server of this very process is not refused, as long as it listens', async () => {
  setOffline(true);
  const listener = await listenOnLoopback(() => new Response('here'));
  expect(() => assertOnline(`${listener.url}/v1`)).not.toThrow();
  // Another computer is no server of ours for having a port of the same number.
  for (const host of ['https://api.example.com', 'http://127.0.0.2'])
    expect(() => assertOnline(`${host}:${listener.port}/v1`)).toThrow('offline');
  await listener.close();
  expect(() => assertOnline(`${listener.url}/v1`)).toThrow('offline');
});
