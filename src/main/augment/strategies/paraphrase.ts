import { keepOutput, type TeacherStrategy } from './strategy.ts';

/** The same request in other words. */
export const paraphrase: TeacherStrategy = {
  id: 'paraphrase',
  title: 'Paraphrases',
  explanation:
    'The same message as another person would write it; its output stays, and so do the values that stand in it.',
  maker: 'teacher',
  kinds: ['classify', 'extract', 'tools'],
  likeness: 'none',
  judged: 'text',
  textsPerQuestion: 3,
  aim: keepOutput,
  assignment: ({ seed }, { kind }) =>
    [
      `The right ${kind === 'classify' ? 'label' : 'output'} of the input below is ${JSON.stringify(seed.told)}. Say what the input says as other people would write it: other words and another build of the sentences, the same meaning, language and details.`,
      kind === 'classify'
        ? 'Name no label in the text.'
        : 'Values of the output that stand in the input must stand in each text, word for word.',
    ].join(' '),
};
