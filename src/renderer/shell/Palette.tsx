import { Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useUi } from '../lib/ui-store.ts';
import { screens } from '../screens/index.ts';
import { commands } from './commands.ts';

const questionOf = (id: string) => screens.find((screen) => `go.${screen.id}` === id)?.question;

/** Every command by name (Ctrl+K). */
export function Palette() {
  const isOpen = useUi((state) => state.projectPath !== null);
  const actions = commands
    .filter(({ id, needsProject }) => id !== 'palette' && (isOpen || !needsProject))
    .map(({ id, label, keys, run }) => ({
      id,
      label,
      description: [questionOf(id), keys].filter(Boolean).join(' · '),
      onClick: run,
    }));
  return (
    <Spotlight
      actions={actions}
      shortcut={null}
      nothingFound="No command by that name"
      scrollable
      maxHeight={420}
      searchProps={{
        placeholder: 'What do you want to do?',
        'aria-label': 'Search commands',
        leftSection: <IconSearch size={16} aria-hidden />,
      }}
    />
  );
}
