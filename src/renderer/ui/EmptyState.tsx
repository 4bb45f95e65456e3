import type { ReactNode } from 'react';
import classes from './States.module.css';

/** Says why there is nothing yet and offers the one step that changes it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <section className={classes.empty} aria-label={title}>
      <h2 className={classes.emptyTitle}>{title}</h2>
      {children && <p className={classes.emptyText}>{children}</p>}
      {action}
    </section>
  );
}
