import { Button } from '@mantine/core';
import {
  IconEye,
  IconFilePlus,
  IconFolderOpen,
  IconLock,
  IconPlayerPlay,
} from '@tabler/icons-react';
import { Suspense, useState } from 'react';
import { useDialogs } from '../../shell/dialogs.ts';
import { chooseAndOpen, startNewProject, trySample } from '../../shell/open-project.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { later } from '../later.tsx';
import { HowItWorks } from './HowItWorks.tsx';
import { Recents } from './Recents.tsx';
import classes from './Start.module.css';
import { Tour } from './Tour.tsx';

const NewProject = later(async () => (await import('./NewProject.tsx')).NewProject);

/** What do I open? */
export function Start() {
  const error = useDialogs((state) => state.openError);
  const isNewOpen = useDialogs((state) => state.isNewOpen);
  // Once opened it stays, and keeps what was typed.
  const [wasNewOpen, setWasNewOpen] = useState(isNewOpen);
  if (isNewOpen && !wasNewOpen) setWasNewOpen(true);
  const [isBusy, setIsBusy] = useState(false);
  const [isTouring, setIsTouring] = useState(false);
  const sample = async () => {
    setIsBusy(true);
    await trySample();
    setIsBusy(false);
  };
  return (
    <main className={classes.page}>
      <div className={classes.column}>
        <header>
          <h1 className={classes.title}>Stillroom</h1>
          <p className={classes.lead}>
            Teach a small model one job, on this computer, with proof of how well it does it.
          </p>
          <p className={classes.promise}>
            <IconLock size={16} aria-hidden />
            Nothing leaves this computer unless you send it.
          </p>
        </header>
        <ErrorPanel error={error} />
        <div className={classes.actions}>
          <Button
            size="md"
            loading={isBusy}
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
            onClick={() => void sample()}
          >
            Try the sample
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            onClick={() => setIsTouring(true)}
          >
            Show me
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<IconFilePlus size={16} aria-hidden />}
            onClick={startNewProject}
          >
            New project…
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => void chooseAndOpen()}
          >
            Open…
          </Button>
        </div>
        <p className={classes.hint}>
          The sample is a bank's support desk: a few thousand real questions and a recorded teacher.
          Two minutes, offline; it opens as a copy of your own.
        </p>
        <Recents />
        <HowItWorks />
      </div>
      <Suspense>{wasNewOpen && <NewProject />}</Suspense>
      <Tour isOpen={isTouring} onClose={() => setIsTouring(false)} onSample={() => void sample()} />
    </main>
  );
}
