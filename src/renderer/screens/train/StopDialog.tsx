import { Button, Group, Modal } from '@mantine/core';
import type { CurvePoint } from '../../../shared/contract/jobs.ts';
import { percent } from '../../lib/format.ts';

interface Props {
  /** The newest figures of the training. */
  readonly point: CurvePoint | undefined;
  readonly isOpen: boolean;
  readonly onKeep: () => void;
  readonly onDiscard: () => void;
  readonly onContinue: () => void;
}

/** Asks what becomes of a training that is stopped. */
export function StopDialog({ point, isOpen, onKeep, onDiscard, onContinue }: Props) {
  const { words, keep } = tellKept(point);
  return (
    <Modal opened={isOpen} onClose={onContinue} title="Stop training?">
      <p>{words}</p>
      <Group gap="sm" mt="lg">
        {keep && (
          <Button variant="default" onClick={onKeep}>
            {keep}
          </Button>
        )}
        <Button variant="default" onClick={onDiscard}>
          Discard run
        </Button>
        <Button data-autofocus onClick={onContinue}>
          Continue
        </Button>
      </Group>
    </Modal>
  );
}

/** What can be kept by now, in words. A student that was measured comes before one that was not. */
function tellKept(point: CurvePoint | undefined): { words: string; keep?: string } {
  const { epoch = 1, epochs, measured } = point ?? {};
  if (measured !== undefined)
    return {
      words: `A student that is right on ${percent(measured)} of the records held out is finished. Continue, and it also learns from those.`,
      keep: 'Keep this student',
    };
  const finished = epoch - 1;
  if (finished < 1)
    return { words: 'No epoch is finished yet, so there is nothing to keep so far.' };
  return {
    words: `Epoch ${finished} of ${epochs} is finished. Kept, it is measured on records held out, and is a student as any other.`,
    keep: `Keep epoch ${finished}`,
  };
}
