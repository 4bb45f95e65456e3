import type { Rng } from '../../src/main/lib/rng.ts';

export const edits = ['exact', 'case', 'punctuation', 'typo'] as const;
export type Edit = (typeof edits)[number];

/** Writes a message again as the same customer might: unchanged, in other case, other punctuation, or with a slip. */
export function applyEdit(text: string, edit: Edit, rng: Rng): string {
  switch (edit) {
    case 'exact':
      return text;
    case 'case':
      return text === text.toLowerCase() ? text.toUpperCase() : text.toLowerCase();
    case 'punctuation':
      return `${text.replace(/[.?!]+$/, '').replaceAll(',', '')}${/\?$/.test(text) ? ' ??' : ' !'}`;
    case 'typo':
      return swapLetters(text, rng);
  }
}

function swapLetters(text: string, rng: Rng): string {
  const words = text.split(' ');
  const candidates = words.flatMap((word, index) => (/^[a-z]{5,}/i.test(word) ? [index] : []));
  const index = candidates[rng.integer(candidates.length)] ?? 0;
  const word = words[index]!;
  const at = 1 + rng.integer(Math.max(1, word.length - 3));
  words[index] = word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2);
  const result = words.join(' ');
  return result === text ? `${text} please` : result;
}
