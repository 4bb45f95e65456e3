import { Button } from '@mantine/core';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import { takeApart } from '../../../shared/domain/form/take-apart.ts';
import { percent } from '../../lib/format.ts';
import { MarkedText } from '../../ui/value/MarkedText.tsx';
import { OutputFields } from '../../ui/value/OutputFields.tsx';
import { OutputPair } from '../../ui/value/OutputPair.tsx';
import { toMarkings, useLocated } from '../../ui/value/use-located.ts';
import { authorWords } from './author-words.ts';
import { CardFrame } from './CardFrame.tsx';
import { findDoubts } from './doubts.ts';
import classes from './FormCard.module.css';
import { FormFields } from './FormFields.tsx';
import { DIGITS, FunctionChoice } from './FunctionChoice.tsx';
import { OtherVerdicts, pressOther } from './OtherVerdicts.tsx';
import card from './Review.module.css';
import { useFormEditor } from './use-form-editor.ts';
import type { Queue } from './use-queue.ts';
import { Verdict } from './Verdict.tsx';
import { WordPicker } from './WordPicker.tsx';
import { type Choice, chosenText, toPieces } from './words.ts';

interface Props {
  readonly queue: Queue;
  readonly item: ReviewItem;
  readonly form: Form;
}

/** A record whose answer has fields: accept it, or correct the fields that are in doubt; every key is printed. */
export function FormCard({ queue, item, form }: Props) {
  const { text, label, suggestion } = item;
  const article = useRef<HTMLElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const editor = useFormEditor(form, item);
  const [isEditing, setIsEditing] = useState(false);
  const [activeSlot, setActiveSlot] = useState<number>();
  const [choice, setChoice] = useState<Choice | null>(null);
  useEffect(() => article.current?.focus(), []);

  const located = useLocated(item.id, text, label);
  const markings = useMemo(() => toMarkings(form, located), [form, located]);
  const doubts = useMemo(() => findDoubts(form, item, located), [form, item, located]);
  const given = label === undefined ? undefined : takeApart(form, label);
  const chosen = choice ? chosenText(text, toPieces(text), choice) : '';

  const focusSlot = (slot: number | undefined) =>
    setTimeout(() => {
      const field = slot === undefined ? undefined : fieldName(slot);
      const control =
        field &&
        article.current?.querySelector<HTMLElement>(`[name="${field}"], [name="${field}"] input`);
      (control || article.current)?.focus();
    });
  const edit = (frame = editor.draft.frame) => {
    setIsEditing(true);
    const slots = form.frames[frame]?.slots ?? [];
    const isEmpty = (slot: number) => (editor.draft.texts.get(slot) ?? []).length === 0;
    const doubtful = frame === given?.frame ? slots.find((slot) => doubts.has(slot)) : undefined;
    const needed = form.frames[frame]?.required.find(isEmpty);
    focusSlot(doubtful ?? needed ?? slots[0]);
  };
  const leave = () => {
    editor.reset();
    setIsEditing(false);
    setChoice(null);
    article.current?.focus();
  };
  const save = async () => {
    const wrong = await editor.save((output, isChanged) =>
      isChanged ? queue.decide('correct', output) : queue.decide('approve'),
    );
    if (wrong !== undefined) focusSlot(wrong);
  };
  const chooseFrame = (frame: number) => {
    const shape = form.frames[frame];
    if (!shape) {
      if (label === null) queue.decide('approve');
      else queue.decide('correct', null);
      return;
    }
    editor.setFrame(frame);
    edit(frame);
  };
  const take = (slot = activeSlot) => {
    if (slot === undefined || form.slots[slot]?.type !== 'string') return;
    if (chosen === '') {
      setChoice({ anchor: 0, head: 0 });
      words.current?.focus();
      return;
    }
    const { isList } = form.slots[slot]!;
    const before = isList ? (editor.draft.texts.get(slot) ?? []) : [];
    editor.setTexts(slot, [...before, chosen]);
    setChoice(null);
    focusSlot(slot);
  };
  const accept = () => label !== undefined && queue.decide('approve');

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isEditing) {
      if (event.key === 'Enter' && isCommand) void save();
      else if (event.key === 'Escape' && !event.defaultPrevented) leave();
      else return;
    } else {
      if (event.target !== article.current || isCommand || event.altKey) return;
      const digit = form.hasNone ? /^Digit(\d)$/.exec(event.code)?.[1] : undefined;
      if (digit === '0') chooseFrame(form.frames.length);
      else if (digit && Number(digit) <= Math.min(DIGITS, form.frames.length))
        chooseFrame(Number(digit) - 1);
      else if (event.key === 'a') accept();
      else if (event.key === 'e') edit();
      else if (event.key === 't' && suggestion) queue.decide('correct', suggestion.output);
      else if (!pressOther(queue, event.key)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  const activeLabel =
    activeSlot !== undefined && form.slots[activeSlot]?.type === 'string'
      ? form.slots[activeSlot].path.join('.')
      : undefined;
  return (
    <CardFrame
      ref={article}
      queue={queue}
      item={item}
      holdoutHint="fill it in without a suggestion"
      onKeyDown={onKeyDown}
      text={
        <div className={card.text}>
          {isEditing ? (
            <WordPicker
              ref={words}
              text={text}
              markings={markings}
              choice={choice}
              onChoose={setChoice}
              onTake={() => take()}
              onLeave={() => focusSlot(activeSlot)}
            />
          ) : (
            <MarkedText text={text} markings={markings} />
          )}
        </div>
      }
    >
      {isEditing && (
        <p className={classes.take}>
          <Button
            size="compact-sm"
            variant="default"
            disabled={chosen === '' || activeLabel === undefined}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => take()}
          >
            {chosen && activeLabel
              ? `Take “${chosen}” into ${activeLabel}`
              : 'Take the chosen words'}{' '}
            <kbd className={classes.key}>F2</kbd>
          </Button>
          <span>Choose words of the record with the mouse, or F2 and the arrows.</span>
        </p>
      )}
      {form.hasNone && (
        <FunctionChoice
          form={form}
          frame={isEditing ? editor.draft.frame : given?.frame}
          onChoose={chooseFrame}
        />
      )}
      {isEditing ? (
        <FormFields
          form={form}
          editor={editor}
          doubts={editor.draft.frame === given?.frame ? doubts : new Map()}
          fieldName={fieldName}
          onFocus={setActiveSlot}
          onTake={take}
          onSave={() => void save()}
          onLeave={leave}
        />
      ) : (
        <>
          {label !== undefined && (
            <section className={classes.given} aria-label="Answer">
              <p className={card.by}>Answer by {authorWords(item.author)}</p>
              <OutputFields
                output={label}
                notes={[...doubts].map(([slot, why]) => ({
                  name: form.slots[slot]!.name,
                  words: `· ${why}`,
                }))}
              />
            </section>
          )}
          {suggestion && label !== undefined && (
            <section className={classes.given} aria-label="Suggestion">
              <p className={card.by}>Likelier, {percent(suggestion.probability, 0)}</p>
              <OutputPair
                label="Given and suggested"
                first={label}
                second={suggestion.output}
                firstTitle="Given"
                secondTitle="Suggested"
              />
            </section>
          )}
          <div className={card.verdicts}>
            <Verdict
              keys="A"
              word="Accept"
              isMain
              isDisabled={label === undefined}
              onPress={accept}
            />
            <Verdict keys="E" word="Edit" isMain={label === undefined} onPress={() => edit()} />
            {suggestion && (
              <Verdict
                keys="T"
                word="Take the suggestion"
                onPress={() => queue.decide('correct', suggestion.output)}
              />
            )}
            <OtherVerdicts queue={queue} />
          </div>
        </>
      )}
    </CardFrame>
  );
}

const fieldName = (slot: number) => `field-${slot}`;
