import { Button } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { CallError } from '../lib/bridge.ts';
import { copyText } from '../lib/desktop.ts';
import { withoutCommands } from '../lib/format.ts';
import classes from './States.module.css';

/** An error where it happened: what, the state of the data, the remedy. Its details hold no record text. */
export function ErrorPanel({
  error,
  action,
}: {
  readonly error: Error | null;
  readonly action?: ReactNode;
}) {
  if (!error) return null;
  const code = error instanceof CallError ? error.code : 'app.bug';
  if (code === 'app.cancelled') return <p className={classes.cancelled}>{error.message}</p>;
  return (
    <div className={classes.error} role="alert">
      <IconAlertOctagon size={16} aria-hidden className={classes.errorIcon} />
      <div className={classes.errorBody}>
        <p>{withoutCommands(error.message)}</p>
        <div className={classes.errorActions}>
          {action}
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => void copyText(`${code}\n${error.message}\n${new Date().toISOString()}`)}
          >
            Copy details
          </Button>
        </div>
      </div>
    </div>
  );
}
