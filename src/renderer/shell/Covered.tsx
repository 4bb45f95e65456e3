import { UnstyledButton } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import { toggleCover } from '../lib/settings.ts';
import { useUi } from '../lib/ui-store.ts';
import classes from './StatusBar.module.css';

/** Says that the texts of records are masked, and shows them again. */
export function Covered() {
  const isCovered = useUi((state) => state.isCovered);
  if (!isCovered) return null;
  return (
    <UnstyledButton className={classes.item} onClick={toggleCover}>
      <IconEyeOff size={14} aria-hidden /> Record texts are covered
    </UnstyledButton>
  );
}
