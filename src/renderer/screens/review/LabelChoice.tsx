import { Select } from '@mantine/core';
import { useEffect, useRef } from 'react';
import classes from './Review.module.css';

interface Props {
  readonly labels: readonly string[];
  readonly isOpen: boolean;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChoose: (label: string) => void;
  readonly onClosed: () => void;
}

/** Finds one of many labels by typing ( / ). */
export function LabelChoice({ labels, isOpen, onOpen, onChoose, onClosed }: Props) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  return (
    <Select
      ref={field}
      className={classes.find}
      size="xs"
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      aria-label="Find a label"
      placeholder="Another label ( / )"
      searchable
      data={[...labels]}
      value={null}
      limit={50}
      dropdownOpened={isOpen}
      onDropdownOpen={() => onOpen(true)}
      onDropdownClose={() => {
        onOpen(false);
        onClosed();
      }}
      onChange={(label) => label && onChoose(label)}
    />
  );
}
