import type { StudentKind } from '../../../shared/contract/train.ts';

/** A kind of student as people choose it. */
interface KindWords {
  readonly name: string;
  readonly pace: string;
  readonly words: string;
}

const known: Readonly<Record<string, KindWords>> = {
  linear: {
    name: 'Quick',
    pace: 'seconds',
    words: 'Weighs words and parts of words. A strong start for most tasks, and the smallest file.',
  },
  mlp: {
    name: 'Standard',
    pace: 'under a minute',
    words: 'A small network over the same words; better where they only count together.',
  },
  'wide-deep': {
    name: 'Deep',
    pace: 'minutes',
    words: 'Adds a pretrained reader of sentences; best where the same thing is said in many ways.',
  },
  encoder: {
    name: 'Reader alone',
    pace: 'minutes',
    words:
      'Only the pretrained reader, in the form that transformers.js loads. Not among those the best is chosen from.',
  },
  crf: {
    name: 'Quick',
    pace: 'seconds',
    words: 'Reads values by the words around them, and chooses by the words of the text.',
  },
  tagger: {
    name: 'Deep',
    pace: 'minutes',
    words: 'A pretrained reader of words, tuned to your fields; best where wording varies.',
  },
  writer: {
    name: 'Writer',
    pace: 'an hour or more',
    words:
      'A language model of yours learns to write as your records do. Its answers are drafts: a person reads each. Not among those the best is chosen from.',
  },
};

/** The best of all, then each kind that suits the task, the quickest first. */
export function kindChoices(kinds: readonly StudentKind[]) {
  const best = {
    id: 'best',
    name: 'The best of all',
    pace: 'the longest',
    words: 'Trains each kind below and keeps the one that does best on validation.',
    title: '',
  };
  const each = kinds.map(({ id, title }) => ({
    id,
    title,
    ...(known[id] ?? { name: title, pace: '', words: '' }),
  }));
  return kinds.filter(({ needsBase }) => !needsBase).length > 1 ? [best, ...each] : each;
}

/** "Quick, linear n-gram model"; the engine's own title where we have no word for it. */
export function kindName({ kind, title }: { readonly kind: string; readonly title: string }) {
  const words = known[kind];
  return words ? `${words.name}, ${title.charAt(0).toLowerCase()}${title.slice(1)}` : title;
}
