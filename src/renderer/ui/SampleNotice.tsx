import type { ReactNode } from 'react';
import classes from './SampleNotice.module.css';

/** What came along with the sample, and the button that takes it. */
export function SampleNotice({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.notice} aria-label={label}>
      {children}
    </section>
  );
}
