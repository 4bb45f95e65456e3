/** Words that an order to a model has, and that hold a sentence together. */
const telling =
  'ignore disregard forget previous instructions instruction system prompt password secret reveal output answer response reply print repeat function state please about what where this that with your have from user following';

const shiftBy = (word: string, shift: number) =>
  word.replace(/[a-z]/g, (letter) =>
    String.fromCharCode(97 + ((letter.charCodeAt(0) - 97 + shift) % 26)),
  );
const reverse = (text: string) => [...text].reverse().join('');

/** Each telling word as a cipher writes it, with the way back: a shift of the alphabet, or 0 for letters from behind. */
const ciphered = new Map<string, number>();
for (const word of telling.split(' ')) {
  for (let shift = 1; shift < 26; shift++) ciphered.set(shiftBy(word, shift), shift);
  ciphered.set(reverse(word), 0);
}
// A shifted word that is a word itself says nothing.
for (const word of telling.split(' ')) ciphered.delete(word);

/** Of so many telling words, two are no accident. */
const MIN_CIPHERED = 2;

/** Letters of other alphabets, each before the Latin one that it looks like. */
const twins: Readonly<Record<string, string>> = Object.fromEntries(
  'аa еe оo рp сc хx уy іi јj ѕs һh ԁd ԛq ԝw αa οo ιi ρp τt υu κk νv'
    .split(' ')
    .map((pair) => [pair[0]!, pair[1]!]),
);
const twin = `[${Object.keys(twins).join('')}]`;
const mixedWord = new RegExp(`\\p{Script=Latin}${twin}|${twin}\\p{Script=Latin}`, 'u');

const leet: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const leetWord = /[a-z][013457@$][a-z]|(?<![\w$])[013457@$][a-z]{2}/;
const spacedWord = /(?<![\p{L}])(?:\p{L}[ ._*-]){6,}\p{L}(?![\p{L}])/u;

/** Other ways to read a text in lower case, for where its words were made hard to recognise. */
export function undisguise(text: string): string[] {
  const readings: string[] = [];
  const counts = new Map<number, number>();
  const words = text.match(/[a-z]{3,}/g) ?? [];
  for (const word of words) {
    const shift = ciphered.get(word);
    if (shift !== undefined && word.length > 3) counts.set(shift, (counts.get(shift) ?? 0) + 1);
  }
  for (const [shift, count] of counts) {
    if (count < MIN_CIPHERED) continue;
    readings.push(shift === 0 ? reverse(text) : shiftBy(text, 26 - shift));
  }
  if (mixedWord.test(text))
    readings.push(text.replace(/[^ -~]/g, (character) => twins[character] ?? character));
  if (leetWord.test(text))
    readings.push(text.replace(/[013457@$!]/g, (character) => leet[character]!));
  const spaced = spacedWord.exec(text);
  if (spaced) readings.push(text.replace(/(?<=(?<!\p{L})\p{L})[ ._*-](?=\p{L}(?!\p{L}))/gu, ''));
  return readings;
}
