import { isObject, pick } from './fields.ts';
import { type AnswerReader, DECLINED } from './parsed-reply.ts';
import { isRefusalToWrite } from './refusal.ts';

const textNames = ['text', 'output', 'rewrite', 'rewritten', 'result', 'answer', 'response'];

const cutOff = { problem: 'the reply was cut off' };

/** Reads the new text of a rewrite task: from {"text"}, or the words of the reply themselves. */
export const textReader: AnswerReader = {
  fromJson(value, { isCutOff }) {
    if (isCutOff) return cutOff;
    const text = isObject(value) ? pick(value, textNames) : value;
    if (typeof text !== 'string' || text.trim() === '')
      return { problem: 'there is no text in it' };
    if (isRefusalToWrite(text)) return { problem: DECLINED };
    return { output: text, repairs: isObject(value) && value.text !== text ? ['key'] : [] };
  },
  fromText(text, isCutOff) {
    if (text === '') return undefined;
    return isCutOff ? cutOff : { output: text };
  },
  isRefusal: isRefusalToWrite,
};
