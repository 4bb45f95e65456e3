import { keepOutput, type TeacherStrategy } from './strategy.ts';

/** Unusual texts for which a label is still right. */
export const edgeCase: TeacherStrategy = {
  id: 'edge-case',
  title: 'Edge cases',
  explanation:
    'Unusual messages with the same label: very short or rambling, indirect, angry, in dialect, with a side story.',
  maker: 'teacher',
  kinds: ['classify'],
  likeness: 'none',
  judged: 'text',
  textsPerQuestion: 3,
  aim: keepOutput,
  assignment: ({ output }) =>
    `The right label of the input below is ${JSON.stringify(output)}. Write unusual messages for which the same label is right: for example very short or rambling, indirect, upset, with slang, or with a side story. Each must be plausible, in the language of the input, and about another situation than the input. Name no label in the text.`,
};
