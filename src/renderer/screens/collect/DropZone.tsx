import { type DragEvent, type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import classes from './Collect.module.css';
import { lookAt } from './import-store.ts';

/** Files dropped here go to the import page. */
export function DropZone({ children }: { readonly children: ReactNode }) {
  const [isOver, setIsOver] = useState(false);
  const [, navigate] = useLocation();
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (!file) return;
    lookAt(window.stillroom.pathOf(file));
    navigate('/import');
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className={classes.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      {children}
    </div>
  );
}
