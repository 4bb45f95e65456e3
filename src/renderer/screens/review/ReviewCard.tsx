import { UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import { percent } from '../../lib/format.ts';
import { outputText } from '../../lib/output.ts';
import { useSummary } from '../../lib/project.ts';
import { AddLabels } from '../../ui/AddLabels.tsx';
import { authorWords } from './author-words.ts';
import { CardFrame } from './CardFrame.tsx';
import { LabelChoice } from './LabelChoice.tsx';
import { OtherVerdicts, pressOther } from './OtherVerdicts.tsx';
import classes from './Review.module.css';
import type { Queue } from './use-queue.ts';
import { Verdict } from './Verdict.tsx';

/** One decision at a time; every key is printed on its button. */
export function ReviewCard({ queue, item }: { readonly queue: Queue; readonly item: ReviewItem }) {
  const card = useRef<HTMLElement>(null);
  const [isSearching, setIsSearching] = useState(false);
  const task = useSummary()?.task;
  useEffect(() => card.current?.focus(), []);

  const labels = choices(item, task?.labels ?? []);
  // Such as a label of an imported file that nobody thought of when the project was made.
  const unknown =
    typeof item.label === 'string' && task?.labels && !task.labels.includes(item.label)
      ? item.label
      : undefined;
  const canAccept = item.label !== undefined && unknown === undefined;
  const accept = () => canAccept && queue.decide('approve');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== card.current || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.nativeEvent.isComposing) return;
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
    const label = digit && labels[Number(digit) - 1];
    if (label) give(label);
    else if (event.key === 'a') accept();
    else if (event.key === '/') setIsSearching(true);
    else if (!pressOther(queue, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const give = (label: string) =>
    label === item.label ? queue.decide('approve') : queue.decide('correct', label);

  return (
    <CardFrame
      ref={card}
      queue={queue}
      item={item}
      holdoutHint="choose without a suggestion"
      onKeyDown={onKeyDown}
    >
      {item.label !== undefined && (
        <p className={classes.given}>
          Label: <strong>{outputText(item.label)}</strong>
          <span className={classes.by}> by {authorWords(item.author)}</span>
        </p>
      )}
      {unknown !== undefined && (
        <div className={classes.unknown}>
          <p className={classes.by}>
            It is not among the project’s labels: choose one, or add it to them.
          </p>
          <AddLabels labels={[unknown]} />
        </div>
      )}
      {item.suggestion && (
        <p className={classes.by}>
          Likelier: {outputText(item.suggestion.output)}, {percent(item.suggestion.probability, 0)}
        </p>
      )}
      {labels.length > 0 && (
        <fieldset className={classes.labels} aria-label="Label">
          {labels.map((label, index) => (
            <UnstyledButton
              key={label}
              className={classes.label}
              data-given={label === item.label}
              data-suggested={label === item.suggestion?.output}
              onClick={() => give(label)}
            >
              <kbd>{index + 1}</kbd> {label}
            </UnstyledButton>
          ))}
          {task?.labels && task.labels.length > labels.length && (
            <LabelChoice
              labels={task.labels}
              isOpen={isSearching}
              onOpen={setIsSearching}
              onChoose={give}
              onClosed={() => card.current?.focus()}
            />
          )}
        </fieldset>
      )}
      <div className={classes.verdicts}>
        <Verdict keys="A" word="Accept" isMain isDisabled={!canAccept} onPress={accept} />
        <OtherVerdicts queue={queue} />
      </div>
    </CardFrame>
  );
}

const SHOWN_LABELS = 9;

/** The labels that have a digit: what is given, what is suggested, then the task's own in their order. */
function choices(item: ReviewItem, labels: readonly string[]): readonly string[] {
  if (labels.length <= SHOWN_LABELS) return labels;
  const likely = [item.label, item.suggestion?.output].filter(
    (label): label is string => typeof label === 'string' && labels.includes(label),
  );
  return [...new Set(likely)];
}
