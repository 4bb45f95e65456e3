import { Button, Drawer, Group } from '@mantine/core';
import type { HistoryLine } from '../../shared/contract/project.ts';
import { sentenceCase, time } from '../lib/format.ts';
import { useSummary } from '../lib/project.ts';
import { useCall } from '../lib/query.ts';
import { toggleHistory, useUi } from '../lib/ui-store.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { redo, undo } from './commands.ts';
import classes from './JobsDrawer.module.css';

const stateWords = {
  done: '',
  undone: 'Undone',
  final: 'Cannot be undone',
} as const satisfies Record<HistoryLine['state'], string>;

/** Everything that people did in this project (Ctrl+H), and the way back and forth. */
export function HistoryDrawer() {
  const isOpen = useUi((state) => state.isHistoryOpen);
  const summary = useSummary();
  const { data, error } = useCall('project.history', {}, { isEnabled: isOpen });
  return (
    <Drawer
      opened={isOpen}
      onClose={toggleHistory}
      position="right"
      title="History"
      size={400}
      closeButtonProps={{ 'aria-label': 'Close history' }}
    >
      <Group gap="sm" mb="sm">
        <Button
          size="compact-sm"
          variant="default"
          disabled={!summary?.undo}
          onClick={() => void undo()}
        >
          Undo
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={!summary?.redo}
          onClick={() => void redo()}
        >
          Redo
        </Button>
      </Group>
      <ErrorPanel error={error} />
      {data?.length === 0 && (
        <EmptyState title="Nothing has been changed yet">
          Decisions, permissions and new records are listed here, one step each, and can be undone
          from the newest on. What was sent, sealed, evaluated or written is listed, too; that
          stays.
        </EmptyState>
      )}
      <ul className={classes.list}>
        {data?.map(({ id, name, atMs, state }) => (
          <li key={id} className={classes.job} data-state={state}>
            <div className={classes.head}>
              <strong>{sentenceCase(name)}</strong>
              <span className={classes.state}>{stateWords[state]}</span>
            </div>
            <span className={classes.words}>{time(atMs)}</span>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
