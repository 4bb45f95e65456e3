import { useEffect } from 'react';
import { open } from './open-project.ts';

const extension = '.stillroom';

/** A project that is dropped anywhere in the window is opened in it; other files are for the screens. */
export function useProjectDrop(): void {
  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault();
    const onDrop = (event: DragEvent) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      const project = files.find(({ name }) => name.endsWith(extension));
      event.preventDefault();
      if (!project) return;
      event.stopPropagation();
      void open(window.stillroom.pathOf(project));
    };
    window.addEventListener('dragover', allow);
    // Before the screens hear of it, which would take it for data.
    window.addEventListener('drop', onDrop, { capture: true });
    return () => {
      window.removeEventListener('dragover', allow);
      window.removeEventListener('drop', onDrop, { capture: true });
    };
  }, []);
}
