// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its active word
import { type KeyboardEvent, type PointerEvent, type Ref, useId, useMemo } from 'react';
import type { Marking } from '../../lib/segments.ts';
import marks from '../../ui/value/Value.module.css';
import classes from './FormCard.module.css';
import { type Choice, toPieces } from './words.ts';

interface Props {
  readonly ref: Ref<HTMLDivElement>;
  readonly text: string;
  readonly markings: readonly Marking[];
  readonly choice: Choice | null;
  readonly onChoose: (choice: Choice) => void;
  /** The words are chosen. */
  readonly onTake: () => void;
  readonly onLeave: () => void;
}

/** A record's text, whose words can be chosen: dragging, or with the arrows, Shift to choose several. */
export function WordPicker({ ref, text, markings, choice, onChoose, onTake, onLeave }: Props) {
  const pieces = useMemo(() => toPieces(text), [text]);
  const id = useId();
  const last = pieces.findLast(({ word }) => word !== undefined)?.word ?? 0;
  const head = choice?.head ?? 0;
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: head + 1,
      ArrowLeft: head - 1,
      Home: 0,
      End: last,
    };
    const to = choice ? steps[event.key] : steps[event.key] === undefined ? undefined : 0;
    if (to !== undefined) {
      const next = Math.max(0, Math.min(last, to));
      onChoose({ anchor: event.shiftKey && choice ? choice.anchor : next, head: next });
    } else if (event.key === 'Enter' || event.key === 'F2' || event.key === ' ') onTake();
    else if (event.key === 'Escape') onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // The field keeps the focus while words are chosen with the pointer.
  const onPointerDown = (event: PointerEvent, word: number) => {
    event.preventDefault();
    onChoose({ anchor: event.shiftKey && choice ? choice.anchor : word, head: word });
  };
  const isChosen = (word: number) =>
    choice !== null &&
    word >= Math.min(choice.anchor, choice.head) &&
    word <= Math.max(choice.anchor, choice.head);
  return (
    <div
      ref={ref}
      className={classes.words}
      data-record
      role="listbox"
      aria-multiselectable
      aria-label="Words of the record"
      aria-activedescendant={`${id}-${head}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => event.preventDefault()}
    >
      {pieces.map(({ start, end, text: piece, word }) => {
        if (word === undefined) return <span key={start}>{piece}</span>;
        const marking = markings.find((one) => one.start <= start && end <= one.end);
        return (
          <span
            key={start}
            id={`${id}-${word}`}
            role="option"
            aria-selected={isChosen(word)}
            className={`${classes.word} ${marking ? marks.key : ''}`}
            data-tone={marking?.tone}
            onPointerDown={(event) => onPointerDown(event, word)}
            onPointerEnter={(event) => {
              if (event.buttons === 1 && choice) onChoose({ ...choice, head: word });
            }}
          >
            {piece}
          </span>
        );
      })}
    </div>
  );
}
