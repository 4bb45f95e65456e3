import { keepOutput, type LocalStrategy } from './strategy.ts';
import { changeWords, pick } from './words.ts';

/** What people say around a question that is for somebody else. */
const frames = [
  'my neighbour keeps asking me this and I have no idea: {text}',
  'random question while I wait for the bus, {text}',
  '{text} my sister says you would surely know',
  'we were having a bet at dinner yesterday about this: {text}',
  '{text} asking for my little cousin who has homework',
  'before I forget it again this afternoon, {text}',
  'totally off topic but I heard it on the radio: {text}',
  '{text} at least that is what my flatmate wondered this morning',
  'sorry if this is the wrong place for it, {text}',
  'the kids want to know something while dinner cooks: {text}',
  '{text} and by the way what do you think about it yourself',
  'my grandmother wrote me a letter and in it she asks {text}',
] as const;

/**
 * Messages that nothing fits, from the project's own. Each is made of one row only: the words of a second one would
 * escape that row's consent and its split.
 */
export const noAnswer: LocalStrategy = {
  id: 'no-answer',
  title: 'No answer',
  explanation:
    'A message that no label fits, put together anew from parts of one that the project has, in another frame and with small slips.',
  maker: 'rules',
  kinds: ['classify'],
  likeness: 'family',
  judged: 'seed',
  aim: (seeds, context) =>
    context.task.noAnswerLabel === undefined
      ? []
      : keepOutput(seeds, { ...context, label: context.task.noAnswerLabel }),
  make({ seed }, { rng }) {
    const parts = rng.shuffle(seed.example.text.split(/(?<=[.!?;])\s+|,\s+(?:and|but|or)\s+/u));
    const text = parts.join(' ');
    const slipped = changeWords(text, new Set(), rng.integer(2), rng, (word) => word.toLowerCase());
    return pick(frames, rng).replace('{text}', () => slipped ?? text);
  },
};
