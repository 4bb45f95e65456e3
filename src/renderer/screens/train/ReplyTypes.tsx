import { Button } from '@mantine/core';
import { useState } from 'react';
import type {
  ReplyLearning,
  ReplyTypeLearnt,
  StudentLine,
} from '../../../shared/contract/train.ts';
import { count, counted } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ReplyWording } from '../../ui/value/ReplyWording.tsx';
import classes from './ReplyTypes.module.css';

/** Below this share of replies that follow a type, what to do about it is said first. */
const FEW = 0.7;

/** What a student of replies says: the newest one, or, while there is none, one that were trained now. */
export function ReplyTypes({ students }: { readonly students: readonly StudentLine[] }) {
  const newest = students[0];
  const learnt = newest?.isStale ? undefined : newest?.replies;
  const found = useCall('train.replyTypes', {}, { isEnabled: learnt === undefined });
  const learning = learnt ?? found.data;
  if (found.error) return <ErrorPanel error={found.error} />;
  if (!learning) return <Loading words="Looking for types of reply in your records…" />;
  return (
    <Panel title={learnt ? 'What the newest student says' : 'Types of reply in your records'}>
      <Following {...learning} />
      {learning.types.length > 0 && (
        <ul className={classes.types} aria-label="Types of reply">
          {learning.types.map((type) => (
            <ReplyType key={type.name} type={type} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Following({ rows, following, withUnknownValue, types }: ReplyLearning) {
  const left = rows - following - withUnknownValue;
  return (
    <>
      <p className={classes.words}>
        {count(following)} of {counted(rows, 'reply', 'replies')} follow{' '}
        {counted(types.length, 'type')}. A student says nothing but these, with values that it reads
        in each text; a person answers what no type fits, or what lacks a value.{' '}
        {withUnknownValue > 0 &&
          `${counted(withUnknownValue, 'reply', 'replies')} of these types have a value that the text does not give: it is not learnt. `}
        {left > 0 && `${counted(left, 'reply', 'replies')} follow none.`}
      </p>
      {following < FEW * rows && (
        <p className={classes.words}>
          <GateMark state="warned" word="" /> Few follow a type. Edit replies in Review to the
          wordings of your house, or put these wordings into the project’s instructions and ask the
          teacher again.
        </p>
      )}
    </>
  );
}

function ReplyType({ type }: { readonly type: ReplyTypeLearnt }) {
  const [isShown, setIsShown] = useState(false);
  return (
    <li className={classes.type}>
      <p className={classes.head}>
        <strong>{type.name}</strong>
        <span className={classes.words}>
          {counted(type.rows, 'record')}
          {type.approvedRows > 0 && `, ${count(type.approvedRows)} by a person`}
        </span>
        <Button size="compact-sm" variant="subtle" onClick={() => setIsShown(!isShown)}>
          {isShown ? 'Hide the example' : 'Show an example'}
          <span className="visually-hidden"> of {type.name}</span>
        </Button>
      </p>
      <p>
        <ReplyWording template={type} />
      </p>
      {isShown && <Example id={type.exampleId} />}
    </li>
  );
}

/** A record that follows a type, as it stands in the project. */
function Example({ id }: { readonly id: string }) {
  const { data } = useCall('train.replyExample', { id });
  if (!data?.example) return null;
  return (
    <blockquote className={classes.example} data-record>
      <p>{data.example.text}</p>
      <p>→ {data.example.reply}</p>
    </blockquote>
  );
}
