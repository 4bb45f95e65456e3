import type { ReactNode } from 'react';
import classes from './Notice.module.css';

/** A word about the screen, beside what it asks for. */
export function Notice({
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
