// Splits a text into the pieces of tokenizer.json. Needs: npm install @huggingface/tokenizers
import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';

const readJson = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'));
const file = readJson('tokenizer.json');
const tokenizer = new Tokenizer(file, readJson('tokenizer_config.json'));
export const maxLength = file.truncation.max_length;
const plain = (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;

// The special pieces around a text, read off one example.
const [around, example] = [tokenizer.encode('a').ids, plain('a')];
const at = around.findIndex((_, i) => example.every((id, k) => around[i + k] === id));
export const before = at < 0 ? [] : around.slice(0, at);
export const after = at < 0 ? [] : around.slice(at + example.length);
const room = Math.max(0, maxLength - before.length - after.length);

export const tokenise = (text) => [...before, ...plain(text).slice(0, room), ...after];

// The pieces of one word of a text, without what is put around texts.
export const pieceWord = (word, { isFirst, isAfterSpace }) =>
  plain(isAfterSpace && !isFirst ? ` ${word}` : word);
