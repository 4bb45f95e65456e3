import { IconLock, IconSchool, IconTarget } from '@tabler/icons-react';
import classes from './Start.module.css';

const steps = [
  {
    Icon: IconLock,
    title: 'Keep',
    words: 'Bring in your texts. Each one stays private until you permit it, for one purpose.',
  },
  {
    Icon: IconSchool,
    title: 'Teach',
    words: 'A large model labels what you permit. You see every byte before it leaves.',
  },
  {
    Icon: IconTarget,
    title: 'Prove',
    words: 'A small model learns the job here, and is measured on records that it never saw.',
  },
] as const;

/** What Stillroom does, in three sentences. */
export function HowItWorks() {
  return (
    <ol className={classes.steps} aria-label="How it works">
      {steps.map(({ Icon, title, words }) => (
        <li key={title} className={classes.step}>
          <Icon size={20} aria-hidden className={classes.stepIcon} />
          <strong>{title}</strong>
          <span>{words}</span>
        </li>
      ))}
    </ol>
  );
}
