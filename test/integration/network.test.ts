import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findForeignTraffic } from './network/foreign-traffic.ts';
import { runTraced, whyNotTraceable } from './network/traced-run.ts';

const root = join(import.meta.dirname, '../..');
const reason = whyNotTraceable();
if (reason) process.stderr.write(`Left out: the two tests of network traffic, since ${reason}.\n`);

describe.skipIf(reason !== undefined)('network traffic', { timeout: 300_000 }, () => {
  test.skipIf(!existsSync(join(root, 'src/main/cli/commands/demo.ts')))(
    'the demo talks to its own teacher on loopback and to nobody else',
    async () => {
      await inFolder(async (folder) => {
        const out = join(folder, 'demo');
        const run = await runTraced(
          [process.execPath, join(root, 'bin/stillroom.js'), 'demo', '--dir', out],
          { folder, timeoutMs: 280_000 },
        );
        expect(run.exitCode, run.output).toBe(0);
        expect(run.foreign).toEqual([]);
        expect(run.leftInHome).toEqual([]);
        expect(run.connections).toBeGreaterThan(0);
      });
    },
  );

  test('control: ONNX Runtime with its telemetry on is caught', async () => {
    await inFolder(async (folder) => {
      const run = await runTraced(
        [process.execPath, join(import.meta.dirname, 'network/with-telemetry.mjs')],
        { folder, timeoutMs: 60_000, stopAtFirst: true },
      );
      expect(run.output).toContain('session made');
      expect(run.foreign).not.toEqual([]);
      expect(run.leftInHome.join()).toContain('onnxruntime');
    });
  });
});

test('a trace is read: own loopback servers pass, everything else is named', () => {
  const own = [
    '1 bind(3, {sa_family=AF_INET, sin_port=htons(0), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
    '1 getsockname(3, {sa_family=AF_INET, sin_port=htons(41000), sin_addr=inet_addr("127.0.0.1")}, [16]) = 0',
    '1 connect(4, {sa_family=AF_INET, sin_port=htons(41000), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS',
    '1 sendto(4, "x", 1, MSG_NOSIGNAL, NULL, 0) = 1',
    '1 connect(5, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT (No such file)',
  ];
  expect(findForeignTraffic(own.join('\n'))).toEqual({ foreign: [], connections: 1 });
  const foreign = [
    '2 connect(4, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("203.0.113.7")}, 16 <unfinished ...>',
    '2 sendto(6, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 1',
    '2 sendmmsg(6, [{msg_hdr={msg_name={sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.1")}}}], 1, 0) = 1',
    '2 connect(7, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = 0',
    '2 connect(8, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
    '2 connect(9, {sa_family=AF_INET, sin_port=htons(11434), sin_addr=inet_addr("127.0.0.1")}, 16) = 0',
  ];
  expect(findForeignTraffic([...own, ...foreign].join('\n')).foreign).toEqual(foreign);
});

async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-network-'));
  try {
    await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
