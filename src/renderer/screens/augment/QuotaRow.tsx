import { ActionIcon, NumberInput, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import classes from './Augment.module.css';
import { type QuotaLine, removeQuota, setQuota } from './plan-store.ts';

const MAX_QUOTA = 100_000;

/** One number of a recipe. */
export function QuotaRow({ title, line }: { readonly title: string; readonly line: QuotaLine }) {
  const { label, count } = line;
  const name = label === null ? `Quota, ${title}` : `Quota, ${title}, ${label}`;
  return (
    <div className={classes.quota}>
      <span className={classes.quotaLabel}>{label ?? 'any label'}</span>
      <NumberInput
        size="xs"
        className={classes.number}
        aria-label={name}
        placeholder="0"
        min={0}
        max={MAX_QUOTA}
        step={10}
        allowDecimal={false}
        allowNegative={false}
        value={count || ''}
        onChange={(value) => setQuota({ ...line, count: Number(value) || 0 })}
      />
      {label !== null && (
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={`Remove ${name}`}
          onClick={() => removeQuota(line)}
        >
          <IconX size={14} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

/** Adds a number for one label of the task. */
export function AddLabel({
  strategy,
  title,
  labels,
}: {
  readonly strategy: string;
  readonly title: string;
  readonly labels: readonly string[];
}) {
  return (
    <Select
      size="xs"
      searchable
      className={classes.addLabel}
      aria-label={`Add a label, ${title}`}
      placeholder="for one label…"
      data={[...labels]}
      value={null}
      onChange={(label) => label && setQuota({ strategy, label, count: 10 })}
    />
  );
}
