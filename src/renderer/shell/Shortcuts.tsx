import { Modal } from '@mantine/core';
import { setShortcutsOpen, useUi } from '../lib/ui-store.ts';
import classes from './Shortcuts.module.css';

const groups = [
  {
    title: 'Everywhere',
    keys: [
      ['Ctrl+K', 'Search and commands'],
      ['Ctrl+1 … 9', 'Go to a stage'],
      ['Alt+Home', 'Overview'],
      ['Ctrl+L', 'Ledger'],
      ['Ctrl+J', 'Jobs'],
      ['Ctrl+Z', 'Undo'],
      ['Ctrl+Shift+Z', 'Redo'],
      ['Ctrl+H', 'History of changes'],
      ['/ or Ctrl+F', 'Search on this screen'],
      ['Ctrl+Shift+H', 'Cover record texts'],
      ['Ctrl+Shift+L', 'Lock this window'],
      ['Ctrl+B', 'Show or hide the details'],
      ['F6', 'Next part of the window'],
      ['Esc', 'Close a dialog'],
    ],
  },
  {
    title: 'Tables',
    keys: [
      ['↑ ↓', 'Move'],
      ['Space', 'Select'],
      ['Home, End', 'First, last'],
      ['P', 'Permit… (Collect)'],
      ['V', 'Make private… (Collect)'],
      ['R', 'Redact… (Collect)'],
    ],
  },
  {
    title: 'Lists (Curate, Augment)',
    keys: [
      ['↑ ↓ or J K', 'Move'],
      ['A', 'Agree, accept'],
      ['X', 'Dismiss, reject'],
    ],
  },
  {
    title: 'Charts and previews',
    keys: [
      ['← →', 'Read the points; the next request'],
      ['T', 'Chart or table'],
      ['Ctrl+Enter', 'Try the text (Route)'],
    ],
  },
  {
    title: 'Review',
    keys: [
      ['A', 'Accept'],
      ['X', 'Reject'],
      ['S', 'Skip'],
      ['E', 'Edit the fields'],
      ['1 … 9', 'Give this label or function'],
      ['/', 'Find a label'],
      ['Backspace', 'Undo'],
    ],
  },
] as const;

/** The sheet of keys (F1 or ?). */
export function Shortcuts() {
  const isOpen = useUi((state) => state.isShortcutsOpen);
  return (
    <Modal
      opened={isOpen}
      onClose={() => setShortcutsOpen(false)}
      title="Keyboard shortcuts"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close keyboard shortcuts' }}
    >
      <div className={classes.groups}>
        {groups.map(({ title, keys }) => (
          <section key={title}>
            <h2 className={classes.title}>{title}</h2>
            <dl className={classes.keys}>
              {keys.map(([key, meaning]) => (
                <div key={key} className={classes.row}>
                  <dt>
                    <kbd className={classes.key}>{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
