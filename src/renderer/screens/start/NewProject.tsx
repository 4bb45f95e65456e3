import { Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { navigate } from 'wouter/use-hash-location';
import { callDesktop, chooseSavePath, projectFiles } from '../../lib/desktop.ts';
import { createProject } from '../../lib/project.ts';
import { useDialogs } from '../../shell/dialogs.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { lookAt } from '../collect/import-store.ts';
import { Encryption } from './Encryption.tsx';
import { checkDraft } from './new-project/check-draft.ts';
import { Definition } from './new-project/Definition.tsx';
import { hasForm, newDraft, type TaskDraft } from './new-project/draft.ts';
import { KindChoice } from './new-project/KindChoice.tsx';
import classes from './new-project/NewProject.module.css';

/** Without what a file's name cannot hold, on any system. */
const toFileName = (name: string) => name.replaceAll(/[\\/:*?"<>|\p{Cc}]+/gu, '-').slice(0, 80);

/** A new project: what comes out of a text, the form of it, a name; the file is made at the end. */
export function NewProject() {
  const isOpen = useDialogs((state) => state.isNewOpen);
  const [draft, setDraft] = useState(newDraft);
  const [passphrase, setPassphrase] = useState('');
  const [isKept, setIsKept] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const checked = useMemo(() => checkDraft(draft), [draft]);
  const close = () => useDialogs.setState({ isNewOpen: false });
  const change = (part: Partial<TaskDraft>) => setDraft((before) => ({ ...before, ...part }));
  const isReady = checked.state === 'ready' && draft.name.trim() !== '';

  const create = async (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    setError(null);
    const { task } = checked;
    const path = await chooseSavePath(
      'Keep the project as',
      `${toFileName(task.name)}.stillroom`,
      projectFiles,
    );
    if (!path) return;
    try {
      await createProject(passphrase ? { path, task, passphrase } : { path, task });
      if (passphrase && isKept) await callDesktop('desktop.rememberPassphrase', {});
      close();
      setDraft(newDraft());
      setPassphrase('');
      lookAt(draft.dataPath);
      navigate(draft.dataPath ? '/collect/import' : '/overview');
    } catch (problem) {
      setError(problem as Error);
    }
  };

  return (
    <Modal opened={isOpen} onClose={close} title="New project" size={960}>
      <form onSubmit={(event) => void create(event)}>
        <Stack gap="md">
          <ErrorPanel error={error} />
          <TextInput
            data-autofocus
            required
            label="Name"
            value={draft.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <KindChoice value={draft.kind} onChange={(kind) => change({ kind })} />
          <Textarea
            label="Instructions"
            description="What the student is to do, as you would tell a new colleague."
            rows={2}
            value={draft.instructions}
            onChange={(event) => change({ instructions: event.currentTarget.value })}
          />
          {hasForm(draft.kind) && (
            <SegmentedControl
              aria-label="How the form is given"
              value={draft.way}
              onChange={(way) => change({ way: way === 'text' ? 'text' : 'rows' })}
              data={[
                { value: 'rows', label: 'Build it here' },
                {
                  value: 'text',
                  label: draft.kind === 'tools' ? 'Paste tool definitions' : 'Paste a JSON Schema',
                },
              ]}
            />
          )}
          <Definition draft={draft} checked={checked} onChange={change} />
          <Encryption
            passphrase={passphrase}
            isKept={isKept}
            set={setPassphrase}
            keep={setIsKept}
          />
          <Group gap="sm" className={classes.foot!}>
            <Button type="submit" disabled={!isReady}>
              Create…
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            {checked.state === 'incomplete' && (
              <span className={classes.missing}>Still wants {checked.missing}.</span>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
