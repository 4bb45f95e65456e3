import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { navigate } from 'wouter/use-hash-location';
import { jobTitle } from '../../shared/contract/job-title.ts';
import { bytes, count, percent } from '../lib/format.ts';
import { useSummary } from '../lib/project.ts';
import { toggleJobs, useRunningJob } from '../lib/ui-store.ts';
import { remaining } from '../ui/JobProgress.tsx';
import { ConsentMark } from '../ui/Marks.tsx';
import { Covered } from './Covered.tsx';
import { OfflineSwitch } from './OfflineSwitch.tsx';
import classes from './StatusBar.module.css';

/** What left, what may leave, how the gates stand and what runs: on every screen. */
export function StatusBar() {
  const summary = useSummary();
  const job = useRunningJob();
  if (!summary) return <footer className={classes.bar} />;
  const { left, byConsent, gates } = summary;
  const passed = gates.filter(({ state }) => state === 'passed').length;
  return (
    <footer className={classes.bar} data-region tabIndex={-1}>
      <Item to="/ledger" isLeaving={left.todayBytes > 0}>
        Left today: {bytes(left.todayBytes)}
        {left.todayLoopbackBytes > 0 &&
          ` · ${bytes(left.todayLoopbackBytes)} to programs on this computer`}
      </Item>
      <Item to="/collect">
        {(['private', 'permitted', 'redacted'] as const).map((consent) => (
          <span key={consent} className={classes.consent}>
            {count(byConsent[consent])} <ConsentMark consent={consent} />
          </span>
        ))}
      </Item>
      <Item to="/overview">
        Gates {passed}/{gates.length}
      </Item>
      <Covered />
      <OfflineSwitch />
      <UnstyledButton className={classes.item} data-end onClick={toggleJobs}>
        {job
          ? `${jobTitle(job.kind)}${job.step > 1 ? `, step ${job.step},` : ''}${job.total ? ` ${percent(job.done / job.total, 0)}` : ''}${remaining(job)}`
          : 'No job running'}
      </UnstyledButton>
    </footer>
  );
}

function Item({
  to,
  isLeaving = false,
  children,
}: {
  readonly to: string;
  readonly isLeaving?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <UnstyledButton className={classes.item} data-leaving={isLeaving} onClick={() => navigate(to)}>
      {children}
    </UnstyledButton>
  );
}
