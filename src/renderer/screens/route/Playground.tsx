import { Button, Textarea, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { TriedText } from '../../../shared/contract/route.ts';
import { NO_REPLY } from '../../../shared/domain/reply.ts';
import { percent } from '../../lib/format.ts';
import { outputText } from '../../lib/output.ts';
import { useSummary } from '../../lib/project.ts';
import { useChange } from '../../lib/query.ts';
import { useForm } from '../../lib/use-form.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Route.module.css';
import { TriedAnswer } from './TriedAnswer.tsx';
import { TriedReply } from './TriedReply.tsx';

const reasons = {
  draft: 'what a writer says is a draft: a person reads it first',
  sure: 'it is sure enough',
  unsure: 'it is not sure enough',
  'high-stakes': 'this answer always goes to someone else',
  'unlike-training': 'the text is unlike anything it has learned from',
  'no-reply': 'no reply of yours fits',
  incomplete: 'the text does not give all that the answer needs',
  invalid: 'its answer does not fit the task',
} as const satisfies Record<TriedText['reason'], string>;

/** What the confidence is about, where it is not the one answer. */
function sureOf({ output, fields }: TriedText, isReply: boolean): string {
  if (isReply) return output === NO_REPLY ? ' that none fits' : '';
  return fields ? ' of the whole' : '';
}

/** The calendar's day here, `YYYY-MM-DD`. */
const today = () => new Date().toLocaleDateString('sv-SE');

/** One text answered here and now; it is not kept. */
export function Playground() {
  const [text, setText] = useState('');
  const [day, setDay] = useState(today);
  const attempt = useChange('route.try');
  const isReply = useSummary()?.task.kind === 'rewrite';
  const form = useForm();
  const hasDays =
    isReply || form?.slots.some(({ type }) => type === 'date' || type === 'date-time');
  const run = () =>
    text.trim() && attempt.mutate({ text, ...(hasDays && day && { referenceDate: day }) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
  };
  const tried = attempt.data;
  return (
    <Panel title="Try it">
      <div className={classes.playground}>
        <div>
          <Textarea
            label="A text"
            description="It stays on this computer and is not kept. Ctrl+Enter tries it."
            rows={4}
            data-record
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={onKeyDown}
          />
          {hasDays && (
            <TextInput
              mt="sm"
              type="date"
              label="Written on"
              description="The day that “tomorrow” and the like count from."
              value={day}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
          )}
          <Button
            mt="sm"
            variant="default"
            loading={attempt.isPending}
            disabled={text.trim() === ''}
            onClick={run}
          >
            Try the text
          </Button>
          <ErrorPanel error={attempt.error} />
        </div>
        <output className={classes.tried} aria-live="polite">
          {tried ? (
            <>
              {isReply ? (
                <TriedReply tried={tried} text={attempt.variables?.text ?? ''} />
              ) : tried.fields ? (
                <TriedAnswer tried={tried} text={attempt.variables?.text ?? ''} />
              ) : (
                <strong className={classes.answer}>{outputText(tried.output)}</strong>
              )}
              <p className={classes.sure}>
                {tried.reason !== 'draft' &&
                  `${percent(tried.confidence)} sure${sureOf(tried, isReply)} · `}
                {tried.ms.toFixed(1)} ms
              </p>
              <p data-route={tried.route} className={classes.route}>
                {tried.hasRouter || tried.reason === 'draft'
                  ? tried.route === 'student'
                    ? `Student answers: ${reasons[tried.reason]}`
                    : `Would go to ${tried.route === 'person' ? 'a person' : 'the teacher'}, because ${reasons[tried.reason]}`
                  : 'No threshold chosen yet: everything goes to a person'}
              </p>
              <ul className={classes.alternatives}>
                {tried.alternatives.slice(1).map(({ output, probability }) => (
                  <li key={output}>
                    {output} {percent(probability)}
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <span>The answer appears here.</span>
          )}
        </output>
      </div>
    </Panel>
  );
}
