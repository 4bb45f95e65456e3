import { type ReactNode, useMemo } from 'react';
import { diffWords } from '../lib/diff.ts';
import classes from './Diff.module.css';

/** Two texts side by side: what only the first has is struck through, what only the second has is underlined. */
export function Diff({
  before,
  after,
  beforeTitle,
  afterTitle,
}: {
  readonly before: string;
  readonly after: string;
  readonly beforeTitle: ReactNode;
  readonly afterTitle: ReactNode;
}) {
  const parts = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <div className={classes.pair}>
      <div className={classes.side}>
        <span className={classes.title}>{beforeTitle}</span>
        <p data-record>
          {parts.map(({ text, kind }, at) =>
            kind === 'added' ? null : kind === 'removed' ? (
              <del key={keyOf(at, kind)}>{text}</del>
            ) : (
              <span key={keyOf(at, kind)}>{text}</span>
            ),
          )}
        </p>
      </div>
      <div className={classes.side}>
        <span className={classes.title}>{afterTitle}</span>
        <p data-record>
          {parts.map(({ text, kind }, at) =>
            kind === 'removed' ? null : kind === 'added' ? (
              <ins key={keyOf(at, kind)}>{text}</ins>
            ) : (
              <span key={keyOf(at, kind)}>{text}</span>
            ),
          )}
        </p>
      </div>
    </div>
  );
}

/** Parts have no name but their place, and never move. */
const keyOf = (at: number, kind: string) => `${at} ${kind}`;
