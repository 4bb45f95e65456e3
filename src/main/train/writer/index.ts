/** Kinds of student that write free text. */
export const writers = [
  {
    id: 'writer',
    title: 'A language model of yours that learns to write as you do',
    needsBase: true,
  },
] as const;
