import { Radio } from '@mantine/core';
import { type DraftKind, draftKinds } from './draft.ts';
import classes from './NewProject.module.css';

const kinds = {
  classify: {
    title: 'Sort under labels',
    what: 'One label for each text.',
    from: 'My card was charged twice.',
    to: 'refund',
  },
  extract: {
    title: 'Fill in a form',
    what: 'Read fields out of each text.',
    from: 'Two nights for Ms Lin from 3 May.',
    to: 'guest: Lin, nights: 2, from: 2027-05-03',
  },
  tools: {
    title: 'Call a function',
    what: 'Choose what to do, with its details; or nothing.',
    from: 'Table for two in Paris tonight?',
    to: 'reserve_table · city: Paris, seats: 2',
  },
  rewrite: {
    title: 'Reply in our words',
    what: 'The wordings of your house, with values from each text.',
    from: 'Ana Lin here. Where are my £20?',
    to: 'Hello Ana Lin, your £20 are on their way.',
  },
} as const satisfies Record<DraftKind, object>;

/** What the student is to make of a text, in plain words, with an example of each. */
export function KindChoice({
  value,
  onChange,
}: {
  readonly value: DraftKind;
  readonly onChange: (kind: DraftKind) => void;
}) {
  return (
    <Radio.Group
      label="What should come out of a text?"
      value={value}
      onChange={(chosen) => onChange(draftKinds.find((kind) => kind === chosen) ?? value)}
    >
      <div className={classes.kinds}>
        {draftKinds.map((kind) => {
          const { title, what, from, to } = kinds[kind];
          return (
            <Radio.Card key={kind} value={kind} className={classes.kind} aria-label={title}>
              <span className={classes.kindTitle}>
                <Radio.Indicator size="xs" />
                {title}
              </span>
              <span>{what}</span>
              <span className={classes.example}>
                “{from}”<br />→ <strong>{to}</strong>
              </span>
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
