import { Modal, type ModalProps } from '@mantine/core';
import { useEffect, useState } from 'react';

/**
 * A dialog that is drawn only while it is asked for. The focus returns to where it was; or to the screen when that is
 * gone, such as the button of a selection that was settled.
 */
export function Dialog(props: Omit<ModalProps, 'opened'>) {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What was focused may go in this very change.
      setTimeout(() => {
        const isLost = document.activeElement === null || document.activeElement === document.body;
        const own = before instanceof HTMLElement && before.isConnected ? before : undefined;
        if (isLost) (own ?? document.getElementById('body'))?.focus();
      });
    },
    [before],
  );
  return <Modal opened {...props} />;
}
