import { Button, Group, Modal, PasswordInput, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { navigate } from 'wouter/use-hash-location';
import { chooseSavePath, projectFiles } from '../../lib/desktop.ts';
import { createProject } from '../../lib/project.ts';
import { useDialogs } from '../../shell/dialogs.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';

const linesOf = (text: string) =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean);

/** A new project that sorts texts under labels; other kinds of task are made from a file on the command line. */
export function NewProject() {
  const isOpen = useDialogs((state) => state.isNewOpen);
  const [name, setName] = useState('');
  const [instructions, setInstructions] = useState('');
  const [labels, setLabels] = useState('');
  const [noAnswer, setNoAnswer] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [error, setError] = useState<Error | null>(null);
  const close = () => useDialogs.setState({ isNewOpen: false });

  const create = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    const path = await chooseSavePath('Keep the project as', `${name}.stillroom`, projectFiles);
    if (!path) return;
    const task = {
      name,
      kind: 'classify',
      instructions,
      labels: linesOf(labels),
      ...(noAnswer ? { noAnswerLabel: noAnswer } : {}),
    };
    try {
      await createProject(passphrase ? { path, task, passphrase } : { path, task });
      close();
      navigate('/overview');
    } catch (problem) {
      setError(problem as Error);
    }
  };

  const given = linesOf(labels).length;
  return (
    <Modal opened={isOpen} onClose={close} title="New project" size="lg">
      <form onSubmit={(event) => void create(event)}>
        <Stack gap="md">
          <ErrorPanel error={error} />
          <TextInput
            data-autofocus
            required
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label="Instructions"
            description="What the student is to do, as you would tell a new colleague."
            rows={2}
            value={instructions}
            onChange={(event) => setInstructions(event.currentTarget.value)}
          />
          <Textarea
            required
            label="Labels"
            description={`One a line, at least two. ${given > 0 ? `${given} given.` : ''}`}
            rows={5}
            value={labels}
            onChange={(event) => setLabels(event.currentTarget.value)}
          />
          <TextInput
            label="Label for “none of these”"
            description="Optional. For texts that belong under no label."
            value={noAnswer}
            onChange={(event) => setNoAnswer(event.currentTarget.value)}
          />
          <PasswordInput
            label="Passphrase"
            description="Optional. Encrypts the file. Without the passphrase nobody can open it, not even you."
            value={passphrase}
            onChange={(event) => setPassphrase(event.currentTarget.value)}
          />
          <Group gap="sm">
            <Button type="submit" disabled={name.trim() === '' || given < 2}>
              Create…
            </Button>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
