import type { Format } from './format.ts';

export const jsonl: Format = {
  title: 'JSON Lines, one object a row with everything known about it',
  extension: 'jsonl',
  kinds: ['classify', 'extract', 'tools', 'rewrite'],
  isComplete: true,
  *encode(rows) {
    for (const row of rows) yield `${JSON.stringify(row)}\n`;
  },
};
