import { FileButton, Textarea, UnstyledButton } from '@mantine/core';
import { type DragEvent, useState } from 'react';
import classes from './NewProject.module.css';

interface Props {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** A definition as text: pasted, dropped as a file, or chosen. */
export function DefinitionText({ label, placeholder, value, onChange }: Props) {
  const [isOver, setIsOver] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (file) onChange(await file.text());
  };
  const drop = (event: DragEvent) => {
    const [file] = event.dataTransfer.files;
    setIsOver(false);
    if (!file) return;
    event.preventDefault();
    void take(file);
  };
  return (
    <Textarea
      label={label}
      description={
        <>
          Paste it, drop a file here, or{' '}
          <FileButton accept=".json,application/json" onChange={(file) => void take(file)}>
            {(props) => (
              <UnstyledButton {...props} className={classes.choose}>
                choose a file
              </UnstyledButton>
            )}
          </FileButton>
          .
        </>
      }
      placeholder={placeholder}
      autosize
      minRows={6}
      maxRows={14}
      spellCheck={false}
      classNames={{ input: classes.code! }}
      data-over={isOver}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
    />
  );
}
