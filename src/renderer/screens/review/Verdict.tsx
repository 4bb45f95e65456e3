import { UnstyledButton } from '@mantine/core';
import classes from './Review.module.css';
import type { Decided } from './use-queue.ts';

/** A button with its key printed on it. */
export function Verdict({
  keys,
  word,
  isMain = false,
  isDisabled = false,
  onPress,
}: {
  readonly keys: string;
  readonly word: string;
  readonly isMain?: boolean;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
}) {
  return (
    <UnstyledButton
      className={classes.verdict}
      data-main={isMain}
      disabled={isDisabled}
      onClick={onPress}
    >
      <kbd>{keys}</kbd> {word}
    </UnstyledButton>
  );
}

const SHOWN = 4;

/** The last decisions, newest first. */
export function DecidedStrip({ decided }: { readonly decided: readonly Decided[] }) {
  if (decided.length === 0) return null;
  return (
    <ul className={classes.strip} aria-label="Decided" data-record>
      {decided.slice(0, SHOWN).map(({ id, verdict, words }) => (
        <li key={id} data-verdict={verdict}>
          {words}
        </li>
      ))}
    </ul>
  );
}
