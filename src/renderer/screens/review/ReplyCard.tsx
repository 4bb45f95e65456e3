import { Textarea, UnstyledButton } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ReviewItem } from '../../../shared/contract/review.ts';
import { useCall } from '../../lib/query.ts';
import { authorWords } from './author-words.ts';
import { CardFrame } from './CardFrame.tsx';
import { OtherVerdicts, pressOther } from './OtherVerdicts.tsx';
import classes from './Review.module.css';
import type { Queue } from './use-queue.ts';
import { Verdict } from './Verdict.tsx';

/** So many types of reply have a digit. */
const DIGITS = 9;

/** A record whose answer is a reply: accept it, edit its words, or take those of a type; every key is printed. */
export function ReplyCard({ queue, item }: { readonly queue: Queue; readonly item: ReviewItem }) {
  const card = useRef<HTMLElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const given = typeof item.label === 'string' ? item.label : undefined;
  const [draft, setDraft] = useState(given ?? '');
  const [isEditing, setIsEditing] = useState(false);
  const proposals = useCall('review.replies', { id: item.id }).data ?? [];
  useEffect(() => card.current?.focus(), []);

  const accept = () => given !== undefined && queue.decide('approve');
  const edit = (words = draft) => {
    setDraft(words);
    setIsEditing(true);
    setTimeout(() => {
      const area = field.current;
      area?.focus();
      // The first value that is still to be filled in.
      const open = /\[[^\]]+\]/.exec(words);
      area?.setSelectionRange(
        open?.index ?? words.length,
        (open?.index ?? words.length) + (open?.[0].length ?? 0),
      );
    });
  };
  const leave = () => {
    setDraft(given ?? '');
    setIsEditing(false);
    card.current?.focus();
  };
  const save = () => {
    const words = draft.trim();
    if (words === '') return;
    if (words === given) queue.decide('approve');
    else queue.decide('correct', words);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const isCommand = event.ctrlKey || event.metaKey;
    if (isEditing) {
      if (event.key === 'Enter' && isCommand) save();
      else if (event.key === 'Escape') leave();
      else return;
    } else {
      if (event.target !== card.current || isCommand || event.altKey) return;
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
      const proposal = digit && proposals[Number(digit) - 1];
      if (proposal) edit(proposal.reply);
      else if (event.key === 'a') accept();
      else if (event.key === 'e') edit();
      else if (!pressOther(queue, event.key)) return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <CardFrame
      ref={card}
      queue={queue}
      item={item}
      holdoutHint="write the reply without a suggestion"
      onKeyDown={onKeyDown}
    >
      {isEditing ? (
        <Textarea
          ref={field}
          label="Reply"
          description="Ctrl+Enter saves it, Escape leaves it as it was."
          autosize
          minRows={3}
          data-record
          value={draft}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
      ) : (
        given !== undefined && (
          <section aria-label="Reply">
            <p className={classes.by}>Reply by {authorWords(item.author)}</p>
            <p className={classes.reply} data-record>
              {given}
            </p>
          </section>
        )
      )}
      {proposals.length > 0 && (
        <fieldset className={classes.labels} aria-label="Types of reply">
          {proposals.slice(0, DIGITS).map(({ name, reply }, index) => (
            <UnstyledButton
              key={name}
              className={classes.label}
              title={reply}
              onClick={() => edit(reply)}
            >
              <kbd>{index + 1}</kbd> {name}
            </UnstyledButton>
          ))}
        </fieldset>
      )}
      <div className={classes.verdicts}>
        {isEditing ? (
          <>
            <Verdict
              keys="Ctrl+Enter"
              word="Save"
              isMain
              isDisabled={draft.trim() === ''}
              onPress={save}
            />
            <Verdict keys="Esc" word="Leave" onPress={leave} />
          </>
        ) : (
          <>
            <Verdict
              keys="A"
              word="Accept"
              isMain={given !== undefined}
              isDisabled={given === undefined}
              onPress={accept}
            />
            <Verdict keys="E" word="Edit" isMain={given === undefined} onPress={() => edit()} />
            <OtherVerdicts queue={queue} />
          </>
        )}
      </div>
    </CardFrame>
  );
}
