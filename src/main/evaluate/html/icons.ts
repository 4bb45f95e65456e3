import { type Markup, markup } from './markup.ts';

/** Line icons of 16 px in the manner of the window's; a word always stands beside them. */
function icon(paths: string): Markup {
  return markup`<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${{ html: paths }}</svg>`;
}

export const icons = {
  private: icon(
    '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
  ),
  permitted: icon('<path d="M17 7 7 17"/><path d="M8 7h9v9"/>'),
  redacted: icon(
    '<path d="M19 20H8.5l-4.2-4.3a1 1 0 0 1 0-1.4l10-10a1 1 0 0 1 1.4 0l5 5a1 1 0 0 1 0 1.4L11.5 20"/><path d="M18 13.3 11.7 7"/>',
  ),
  pass: icon('<circle cx="12" cy="12" r="9"/><path d="m9 12 2 2 4-4"/>'),
  warn: icon(
    '<path d="M12 9v4"/><path d="M12 17h.01"/><path d="M10.4 3.6 2.3 17.1a1.9 1.9 0 0 0 1.6 2.9h16.2a1.9 1.9 0 0 0 1.6-2.9L13.6 3.6a1.9 1.9 0 0 0-3.2 0z"/>',
  ),
  fail: icon(
    '<path d="M12 8v4"/><path d="M12 16h.01"/><path d="M8.7 3h6.6c.3 0 .5.1.7.3l4.7 4.7c.2.2.3.4.3.7v6.6c0 .3-.1.5-.3.7L16 20.7c-.2.2-.4.3-.7.3H8.7c-.3 0-.5-.1-.7-.3L3.3 16a1 1 0 0 1-.3-.7V8.7c0-.3.1-.5.3-.7L8 3.3c.2-.2.4-.3.7-.3z"/>',
  ),
  still: icon(
    '<path d="M9 3h6"/><path d="M10 3v6.5L5.2 18a2 2 0 0 0 1.8 3h10a2 2 0 0 0 1.8-3L14 9.5V3"/><path d="M7.5 15h9"/>',
  ),
} as const;
