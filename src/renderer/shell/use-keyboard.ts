import { spotlight } from '@mantine/spotlight';
import { useEffect } from 'react';
import { setShortcutsOpen } from '../lib/ui-store.ts';
import { screens } from '../screens/index.ts';
import { runCommand } from './commands.ts';

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Keys that work everywhere; single letters belong to what has the focus. */
export function useKeyboard(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const command = commandOf(event);
      if (!command) return;
      event.preventDefault();
      command();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}

function commandOf(event: KeyboardEvent): (() => void) | undefined {
  const { key, shiftKey, altKey, target } = event;
  const isControl = event.ctrlKey || event.metaKey;
  // With Caps Lock on, too.
  const letter = key.toLowerCase();
  if (key === 'F6') return () => moveRegion(shiftKey ? -1 : 1);
  if (key === 'F1') return () => setShortcutsOpen(true);
  if (altKey && key === 'Home') return () => runCommand('go.overview');
  if (isControl && shiftKey) {
    if (letter === 'h') return () => runCommand('cover');
    if (letter === 'l') return () => runCommand('lock');
    if (letter === 'z' && !isTyping(target)) return () => runCommand('redo');
  }
  if (isControl && !altKey) {
    const stage = screens.find((screen) => String(screen.stage) === key);
    if (stage) return () => runCommand(`go.${stage.id}`);
    if (letter === 'k') return () => spotlight.open();
    if (letter === 'j') return () => runCommand('jobs');
    if (letter === 'h' && !shiftKey) return () => runCommand('history');
    if (letter === 'l') return () => runCommand('go.ledger');
    if (letter === 'b') return () => runCommand('inspector');
    if (letter === 'z' && !shiftKey && !isTyping(target)) return () => runCommand('undo');
    if (letter === 'f') return focusSearch;
    return undefined;
  }
  if (isTyping(target)) return undefined;
  if (key === '?') return () => setShortcutsOpen(true);
  if (key === '/') return focusSearch;
  return undefined;
}

/** The screen's own search field where it has one, else the palette. */
function focusSearch(): void {
  const field = document.querySelector<HTMLInputElement>('[data-search]');
  if (field) field.focus();
  else spotlight.open();
}

/** F6 goes from rail to body to inspector to status bar, and around. */
function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  regions.at((at + step + regions.length) % regions.length)?.focus();
}
