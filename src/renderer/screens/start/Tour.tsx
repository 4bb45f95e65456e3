import { Button, Group, Modal } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { screens } from '../index.ts';
import classes from './Tour.module.css';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSample: () => void;
}

const stages = screens.filter(({ tour }) => tour !== undefined);
const last = stages.length - 1;

/** The nine stages, one sentence each; arrows go on and back, Esc leaves. */
export function Tour({ isOpen, onClose, onSample }: Props) {
  const [at, setAt] = useState(0);
  const { title, question, tour, icon: Icon } = stages[at]!; // kept within the list
  const close = () => {
    setAt(0);
    onClose();
  };
  const go = (index: number) => setAt(Math.max(0, Math.min(last, index)));
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === 'ArrowRight') go(at + 1);
    if (key === 'ArrowLeft') go(at - 1);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      onKeyDown={onKeyDown}
      title="The way through a project"
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close the tour' }}
    >
      <div className={classes.tour}>
        <ol className={classes.stages} aria-label="Stages">
          {stages.map((stage, index) => (
            <li key={stage.id} aria-current={index === at ? 'step' : undefined}>
              <stage.icon size={16} aria-hidden />
              {index + 1} {stage.title}
            </li>
          ))}
        </ol>
        <section className={classes.stage} aria-live="polite" aria-label={title}>
          <Icon size={32} aria-hidden stroke={1.5} className={classes.icon} />
          <h2 className={classes.title}>{title}</h2>
          <p className={classes.question}>{question}</p>
          <p className={classes.words}>{tour}</p>
        </section>
      </div>
      <Group gap="sm" mt="lg" justify="flex-end">
        <span className={classes.count}>
          {at + 1} of {stages.length}
        </span>
        <Button variant="default" disabled={at === 0} onClick={() => go(at - 1)}>
          Back
        </Button>
        {at < last ? (
          <Button data-autofocus onClick={() => go(at + 1)}>
            Next
          </Button>
        ) : (
          <Button
            onClick={() => {
              close();
              onSample();
            }}
          >
            Try it on the sample
          </Button>
        )}
      </Group>
    </Modal>
  );
}
