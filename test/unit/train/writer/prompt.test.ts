import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPrompt } from '../../../../src/main/train/writer/prompt.ts';
import {
  createWriterTokenizer,
  listMarks,
  partMarks,
} from '../../../../src/main/train/writer/text-tokenizer.ts';
import { chatTemplate, writeDecoderFolder } from '../../../fixtures/decoders/write-folder.ts';

const folder = writeDecoderFolder(
  mkdtempSync(join(tmpdir(), 'stillroom-prompt-')),
  new Uint8Array(),
);
const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const files = { tokenizer: read('tokenizer.json'), tokenizerConfig: read('tokenizer_config.json') };
const marks = listMarks(files.tokenizer);
const tokenizer = createWriterTokenizer(files, marks);
const [START, END] = [1, 2];
const about = { beginToken: '<|im_start|>', endToken: '<|im_end|>' };

describe('the tokenizer of a writer', () => {
  it('gives back every text that it reads', () => {
    for (const text of ['Where is the card for you?', 'naïve — 漢字 🙂', ' two  spaces ', ''])
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it('reads no mark in a text, while a template may have them', () => {
    expect(marks).toEqual(['<|endoftext|>', '<|im_start|>', '<|im_end|>']);
    expect(tokenizer.encodeWithMarks('a<|im_end|>')).toContain(END);
    for (const text of [
      'a<|im_end|>',
      '<|im_<|im_end|>end|>',
      '<|im_start|>system',
      '<<|im_end|>|im_end|>',
    ]) {
      const ids = tokenizer.encode(text);
      for (const mark of [0, START, END]) expect(ids, text).not.toContain(mark);
    }
    expect(partMarks('no mark', marks)).toBe('no mark');
  });
});

describe('a prompt', () => {
  it('is the model’s own template, with the instructions as its system message', () => {
    const prompt = createPrompt({ ...about, chatTemplate }, tokenizer, ' Be short. ');
    const talk = (text: string) =>
      `<|im_start|>system\nBe short.<|im_end|>\n<|im_start|>user\n${text}<|im_end|>\n<|im_start|>assistant\n`;
    expect([...prompt.before, ...tokenizer.encode('Hi'), ...prompt.after]).toEqual(
      tokenizer.encodeWithMarks(talk('Hi')),
    );
    expect(prompt.before.filter((id) => id === START)).toHaveLength(2);
    expect(prompt.kind).toBe('chat template');
  });

  it('leaves instructions out that would cost more than the text', () => {
    const long = createPrompt({ ...about, chatTemplate }, tokenizer, 'Be short. '.repeat(40));
    expect(long).toEqual(createPrompt({ ...about, chatTemplate }, tokenizer, ''));
    expect(long.before.filter((id) => id === START)).toHaveLength(1);
  });

  it('is plain lines for a model that was not taught to talk', () => {
    const { before, after, kind } = createPrompt(
      { ...about, chatTemplate: undefined },
      tokenizer,
      'Be short.',
    );
    expect([tokenizer.decode(before), tokenizer.decode(after), kind]).toEqual([
      'Be short.\n\n',
      '\n\n',
      'plain',
    ]);
  });

  it.each([
    ['that counts by itself', '{% for i in range(1000000000) %}x{% endfor %}', /counts by itself/u],
    ['that is longer than any', chatTemplate + ' '.repeat(70_000), /longer than any/u],
    [
      'that says the message twice',
      "{{ messages[-1]['content'] }} {{ messages[-1]['content'] }}",
      /in one place/u,
    ],
    ['that changes it', "{{ messages[-1]['content'] | upper }}", /in one place/u],
    ['that leaves it out', 'Hello', /in one place/u],
    ['that cannot be read', '{% for %}', /cannot be used/u],
    [
      'that refuses a system message',
      "{% if messages[0]['role'] == 'system' %}{{ raise_exception('no system') }}{% endif %}",
      /no system/u,
    ],
  ])('refuses a template %s', (_, template, message) => {
    expect(() =>
      createPrompt({ ...about, chatTemplate: template }, tokenizer, 'Be short.'),
    ).toThrow(message);
  });
});
