import { keepOutput, type TeacherStrategy } from './strategy.ts';

/** The same request in other words. */
export const paraphrase: TeacherStrategy = {
  id: 'paraphrase',
  title: 'Paraphrases',
  explanation: 'The same message as another person would write it; its label stays.',
  maker: 'teacher',
  kinds: ['classify'],
  likeness: 'none',
  judged: 'text',
  textsPerQuestion: 3,
  aim: keepOutput,
  assignment: ({ output }) =>
    `The right label of the input below is ${JSON.stringify(output)}. Say what the input says as other people would write it: other words and another build of the sentences, the same meaning, language and details. Name no label in the text.`,
};
