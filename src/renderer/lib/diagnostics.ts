import { call } from './bridge.ts';
import { callDesktop, copyText } from './desktop.ts';
import { announce, useUi } from './ui-store.ts';

/** Versions and states, never the data. */
export async function copyDiagnostics(): Promise<void> {
  const { jobs } = useUi.getState();
  const [desktop, engine, log] = await Promise.all([
    callDesktop('desktop.info', {}),
    call('engine.diagnostics', {}),
    callDesktop('desktop.log', {}),
  ]);
  const states = jobs.map(({ kind, state, error }) => ({ kind, state, code: error?.code }));
  await copyText(JSON.stringify({ desktop, engine, jobs: states, log }, null, 2));
  announce('Diagnostics copied');
}
