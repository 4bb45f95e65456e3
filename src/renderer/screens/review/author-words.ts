const words: Readonly<Record<string, string>> = {
  human: 'a person',
  teacher: 'the teacher',
  rule: 'a rule',
  imported: 'the imported file',
};

/** Who gave a label, in a sentence. */
export const authorWords = (author: string | undefined) =>
  author === undefined ? 'nobody' : (words[author] ?? author);
