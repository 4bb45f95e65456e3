import { jobTitle } from '../../shared/contract/job-title.ts';
import type { JobEvent, WireEvent } from '../../shared/contract/wire.ts';

/** What a window says after the engine died: that it is back or not, and what became of the job at work. */
export function tellRestart(isBack: boolean, job: JobEvent | undefined): WireEvent {
  if (!isBack)
    return {
      kind: 'engine',
      state: 'lost',
      message:
        'The engine keeps stopping and was not started again. Finished work is kept; close Stillroom and open it anew.',
    };
  const became = job ? ` Interrupted: ${jobTitle(job.kind)}.` : '';
  return {
    kind: 'engine',
    state: 'restarted',
    message: `The engine stopped and was started again. Finished work is kept.${became}`,
  };
}
