import { isObject, pick } from './fields.ts';
import type { AnswerReader } from './parsed-reply.ts';

const textNames = ['text', 'output', 'rewrite', 'rewritten', 'result', 'answer', 'response'];

/** Reads the new text of a rewrite task: from {"text"}, or the words of the reply themselves. */
export const textReader: AnswerReader = {
  fromJson(value, { isCutOff }) {
    if (isCutOff) return { problem: 'the reply was cut off' };
    const text = isObject(value) ? pick(value, textNames) : value;
    if (typeof text !== 'string' || text.trim() === '')
      return { problem: 'there is no text in it' };
    return { output: text, repairs: isObject(value) && value.text !== text ? ['key'] : [] };
  },
  fromText: (text) => (text === '' ? undefined : { output: text, repairs: ['bare'] }),
};
