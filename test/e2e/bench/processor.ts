import type { RunningApp } from '../helpers/launch.ts';

/** Reads how much processor time the window's thread has used. Units: ms. */
export async function watchProcessor({ page }: RunningApp) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return {
    async usedMs(): Promise<number> {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    },
    stop: () => session.detach(),
  };
}
