import { Group, NumberInput, Radio } from '@mantine/core';
import classes from './Route.module.css';

interface Props {
  readonly maxErrorPercent: number;
  readonly onMaxError: (percent: number) => void;
  readonly fallback: 'person' | 'teacher';
  readonly onFallback: (fallback: 'person' | 'teacher') => void;
}

/** What the user allows, and who answers the rest. */
export function Target({ maxErrorPercent, onMaxError, fallback, onFallback }: Props) {
  return (
    <div className={classes.target}>
      <NumberInput
        className={classes.number}
        label="Allowed errors, percent"
        description="Of the answers that it gives alone."
        value={maxErrorPercent}
        min={0.1}
        max={50}
        step={0.5}
        decimalScale={1}
        suffix=" %"
        onChange={(value) => onMaxError(Number(value))}
      />
      <Radio.Group
        label="Everything else goes to"
        value={fallback}
        onChange={(value) => onFallback(value === 'teacher' ? 'teacher' : 'person')}
      >
        <Group mt="sm" gap="lg">
          <Radio value="person" label="a person" />
          <Radio value="teacher" label="the teacher" />
        </Group>
      </Radio.Group>
    </div>
  );
}
