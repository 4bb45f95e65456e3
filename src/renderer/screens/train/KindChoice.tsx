import { Radio } from '@mantine/core';
import type { StudentKind } from '../../../shared/contract/train.ts';
import { Panel } from '../../ui/Panel.tsx';
import { kindChoices } from './kinds.ts';
import classes from './Train.module.css';

/** Which kind of student, in plain words and by how long it takes. */
export function KindChoice({
  kinds,
  value,
  onChange,
}: {
  readonly kinds: readonly StudentKind[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}) {
  return (
    <Panel title="Student">
      <Radio.Group aria-label="Student" value={value} onChange={onChange}>
        <div className={classes.kinds}>
          {kindChoices(kinds).map(({ id, name, pace, words, title }) => (
            <Radio.Card key={id} value={id} className={classes.kind} aria-label={name}>
              <Radio.Indicator size="sm" />
              <span className={classes.kindWords}>
                <span>
                  <strong className={classes.kindName}>{name}</strong>
                  <span className={classes.pace}>{pace}</span>
                </span>
                <span>{words}</span>
                {title && title !== name && <span className={classes.pace}>{title}</span>}
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </Panel>
  );
}
