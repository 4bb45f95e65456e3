import { describe, expect, it } from 'vitest';
import { createDrafter } from '../../../../src/main/train/writer/draft.ts';
import { learnHouseFacts } from '../../../../src/main/train/writer/house-facts.ts';
import type { WriterFile } from '../../../../src/main/train/writer/writer-file.ts';

const file: WriterFile = {
  formatVersion: 1,
  before: [900],
  after: [901],
  stopIds: [0],
  mostTokens: 200,
  maxLength: 300,
  marks: [],
  cache: { inputs: ['past_key_values.0.key'], outputs: ['present.0.key'], heads: 1, width: 16 },
  tokenInputs: { names: ['input_ids'], type: 'int64' },
  house: { constant: [], words: [], instructions: '' },
  replies: [],
};

/** Letters are tokens, and the model says what it is told to. */
const letters = {
  encode: (text: string) => [...text].map((letter) => letter.codePointAt(0)!),
  decode: (ids: readonly number[]) => String.fromCodePoint(...ids),
};

function draft(
  text: string,
  said: string,
  { isWhole = true, ...changes }: Partial<WriterFile> & { isWhole?: boolean } = {},
) {
  const asked: { prompt: readonly number[]; mostTokens: number }[] = [];
  const generator = {
    async write(prompt: readonly number[], { mostTokens }: { mostTokens: number }) {
      asked.push({ prompt, mostTokens });
      return { ids: letters.encode(said), isWhole, meanLogProbability: Math.log(0.5) };
    },
    logProbability: async () => 0,
    close: async () => undefined,
  };
  return createDrafter(generator, letters, { ...file, ...changes })
    .draft({ text })
    .then((answer) => ({ answer, asked }));
}

const refused = { output: '', confidence: 0, isDraft: true };

describe('a draft', () => {
  it('is for a person, with the mean probability of its tokens', async () => {
    const { answer, asked } = await draft('Where is it?', ' On its way. ');
    expect(answer).toEqual({ output: 'On its way.', confidence: 0.5, isDraft: true });
    expect(asked).toEqual([
      { prompt: [900, ...letters.encode('Where is it?'), 901], mostTokens: 200 },
    ]);
  });

  it.each([
    ['an amount', 'We refund £15.20.'],
    ['a date', 'It comes on 5 May 2026.'],
    ['a code', 'Your case is AB-1234.'],
    ['an address', 'Write to help@example.org.'],
    ['a page', 'See https://example.org/x for more.'],
  ])(
    'with %s that its text does not give is refused, and given with one that it does',
    async (_, said) => {
      expect((await draft('Help me.', said)).answer).toEqual(refused);
      expect((await draft(`You told me: ${said}`, said)).answer.output).toBe(said);
    },
  );

  it('may state what the instructions or the house do', async () => {
    const house = { ...file.house, instructions: 'Our line is 0800 555 0199.' };
    expect((await draft('Help', 'Please call 0800 555 0199.', { house })).answer.output).toContain(
      '0800',
    );
    const rows = Array.from({ length: 9 }, (_, i) => ({
      input: { text: `Question ${i}` },
      output: i < 5 ? 'Call 0800 555 0199.' : `Case ${1_000 + i} is open.`,
      group: `group ${i}`,
    }));
    // What the copies of one row say is that row's.
    const copies = rows.map((row) => ({ ...row, group: 'group 0' }));
    expect(learnHouseFacts(copies)).toEqual({ constant: [], words: [] });
    const learned = learnHouseFacts(rows);
    expect(learned.words).toEqual(['0199', '0800', '555']);
    const known = { ...file.house, constant: [...learned.constant] };
    expect((await draft('Help', 'Call 0800 555 0199.', { house: known })).answer.output).toContain(
      '0800',
    );
    expect((await draft('Help', 'Case 1005 is open.', { house: known })).answer).toEqual(refused);
  });

  it('without an end, of nothing, or of a text too long to be read is refused', async () => {
    expect((await draft('Help', 'And so on and', { isWhole: false })).answer).toEqual(refused);
    expect((await draft('Help', '  ')).answer).toEqual(refused);
    const long = await draft('x'.repeat(400), 'Yes.');
    expect(long).toEqual({ answer: refused, asked: [] });
    expect((await draft('x'.repeat(280), 'Yes.')).asked[0]!.mostTokens).toBe(18);
  });
});
