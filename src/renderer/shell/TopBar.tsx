import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconHistory,
  IconLock,
  IconSearch,
} from '@tabler/icons-react';
import { fileName } from '../lib/format.ts';
import { useSummary } from '../lib/project.ts';
import { toggleHistory } from '../lib/ui-store.ts';
import { redo, undo } from './commands.ts';
import classes from './TopBar.module.css';

/** Which project this is, the way to every command, and what the last change was. */
export function TopBar() {
  const summary = useSummary();
  return (
    <header className={classes.bar}>
      <div className={classes.project}>
        <strong className={classes.name} title={summary?.name}>
          {summary?.name ?? 'Stillroom'}
        </strong>
        {summary && <span className={classes.file}>{fileName(summary.path)}.stillroom</span>}
        {summary?.isEncrypted && <IconLock size={14} aria-label="Encrypted" role="img" />}
        {summary && (
          <span className={classes.saved}>{summary.isReadOnly ? 'Read-only' : 'Saved'}</span>
        )}
      </div>
      <UnstyledButton className={classes.search} onClick={() => spotlight.open()}>
        <IconSearch size={14} aria-hidden />
        <span>Search and commands</span>
        <kbd className={classes.key}>Ctrl+K</kbd>
      </UnstyledButton>
      <div className={classes.undo}>
        <Button
          variant="subtle"
          size="compact-sm"
          color="gray"
          className={classes.undoButton}
          leftSection={<IconArrowBackUp size={16} aria-hidden />}
          disabled={!summary?.undo}
          onClick={() => void undo()}
        >
          {summary?.undo ? `Undo: ${summary.undo}` : 'Nothing to undo'}
        </Button>
        {summary?.redo && (
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Redo: ${summary.redo}`}
            title={`Redo: ${summary.redo}`}
            onClick={() => void redo()}
          >
            <IconArrowForwardUp size={16} aria-hidden />
          </ActionIcon>
        )}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="History of changes"
          title="History of changes (Ctrl+H)"
          onClick={toggleHistory}
        >
          <IconHistory size={16} aria-hidden />
        </ActionIcon>
      </div>
    </header>
  );
}
