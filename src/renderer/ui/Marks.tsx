import {
  IconAlertOctagon,
  IconAlertTriangle,
  IconArrowUpRight,
  IconCircle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconEraser,
  IconLock,
  IconSquareRotated,
} from '@tabler/icons-react';
import type { GateState } from '../../shared/contract/project.ts';
import type { Consent, Origin } from '../../shared/domain/example.ts';
import classes from './Marks.module.css';

const consentMarks = {
  private: { word: 'Private', Icon: IconLock },
  permitted: { word: 'Permitted', Icon: IconArrowUpRight },
  redacted: { word: 'Redacted', Icon: IconEraser },
} as const;

const originMarks = {
  real: { word: 'Real', Icon: IconCircle },
  synthetic: { word: 'Synthetic', Icon: IconSquareRotated },
} as const;

const gateMarks = {
  'not-yet': { word: 'Not yet', Icon: IconCircleDashed },
  passed: { word: 'Passed', Icon: IconCircleCheck },
  warned: { word: 'Caution', Icon: IconAlertTriangle },
  failed: { word: 'Failed', Icon: IconAlertOctagon },
  stale: { word: 'Stale', Icon: IconClock },
} as const;

type GateWord = GateState['state'];

/** May this record leave? By icon, word and colour. */
export function ConsentMark({ consent }: { readonly consent: Consent }) {
  const { word, Icon } = consentMarks[consent];
  return (
    <span className={classes.mark} data-role={consent}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}

/** Where a record comes from. */
export function OriginMark({ origin }: { readonly origin: Origin }) {
  const { word, Icon } = originMarks[origin];
  return (
    <span className={classes.mark} data-role={origin}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}

/** How a gate stands. */
export function GateMark({ state, word }: { readonly state: GateWord; readonly word?: string }) {
  const mark = gateMarks[state];
  return (
    <span className={classes.mark} data-role={state}>
      <mark.Icon size={16} aria-hidden />
      {word ?? mark.word}
    </span>
  );
}
