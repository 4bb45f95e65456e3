import { Button, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { IconArrowBackUp, IconLock, IconSearch } from '@tabler/icons-react';
import { fileName } from '../lib/format.ts';
import { useSummary } from '../lib/project.ts';
import { undo } from './commands.ts';
import classes from './TopBar.module.css';

/** Which project this is, the way to every command, and what the last change was. */
export function TopBar() {
  const summary = useSummary();
  return (
    <header className={classes.bar}>
      <div className={classes.project}>
        <strong className={classes.name}>{summary?.name ?? 'Stillroom'}</strong>
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
      </div>
    </header>
  );
}
