import { Button, Group, Modal } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { TeachPreview } from '../../../shared/contract/teach.ts';
import { bytes, count, dollars } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import classes from './Teacher.module.css';

interface Props {
  readonly preview: TeachPreview;
  readonly maxCostUsd: number;
  readonly isRunning: boolean;
  /** What else the person should know before sending. */
  readonly note?: string;
  readonly onSend: () => void;
}

/** The only button through which data leave: it names count, host and cost, and asks once more. */
export function SendButton({ preview, maxCostUsd, isRunning, note, onSend }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  const summary = useSummary();
  const { requested, refusedByGate, host, isLoopback, estimate, estimatedBytes, unknown } = preview;
  const n = requested - refusedByGate;
  const cost = `at most ${dollars(maxCostUsd)}`;
  const send = () => {
    setIsAsking(false);
    onSend();
  };
  return (
    <>
      <Button
        color="outside"
        loading={isRunning}
        disabled={n <= 0}
        leftSection={<IconArrowUpRight size={16} aria-hidden />}
        onClick={() => setIsAsking(true)}
      >
        Send {count(n)} to {host}, {cost}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={`Send ${count(n)} records to ${host}?`}
      >
        <p className={classes.confirm}>
          About {bytes(estimatedBytes)} leaves this project, {cost}
          {estimate &&
            ` (estimated ${dollars(estimate.lowUsd)} to ${dollars(estimate.highUsd)}${estimate.isAssumed ? ', at an assumed price' : ''})`}
          .{' '}
          {isLoopback
            ? 'This program is on your computer; Stillroom cannot see whether it forwards.'
            : `${count((summary?.examples ?? n) - n)} other records stay. What is sent cannot be recalled.`}
        </p>
        {note && <p className={classes.confirm}>{note}</p>}
        {unknown > 0 && (
          <p className={classes.confirm}>
            {count(unknown)} requests ended unknown before. They may have been charged and are not
            repeated.
          </p>
        )}
        <Group gap="sm" mt="lg">
          <Button color="outside" onClick={send}>
            Send {count(n)}
          </Button>
          <Button variant="default" data-autofocus onClick={() => setIsAsking(false)}>
            Keep here
          </Button>
        </Group>
      </Modal>
    </>
  );
}
