import { type Detector, matchSpans } from './finding.ts';

const address =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+'-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])/gu;
const spelledOut =
  /(?<![\w.])[\w][\w.+-]{0,63}\s?(?:\(at\)|\[at\]|\{at\}|\sat\s)\s?[\w-]{1,63}(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s)\s?[\w-]{2,63}){1,4}/gi;

/** E-mail addresses, also those written as "anna (at) example (dot) org". */
export const email: Detector = {
  kind: 'email',
  find: (text) => [
    ...matchSpans(text, address, () => 0.99),
    ...matchSpans(text, spelledOut, () => 0.8),
  ],
};
