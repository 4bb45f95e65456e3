import { functionWords } from './function-words.ts';
import type { Oddity } from './oddity.ts';

const scripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Thai',
] as const;
type Script = (typeof scripts)[number];

const lettersOf = Object.fromEntries(
  scripts.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'gu')]),
) as Record<Script, RegExp>;
const beyondLatin = /[\u0370-\u1DFF\u2E80-\uD7FF\uF900-\uFDFF]/;
/** Names are written with a capital. */
const accentedWord = /(?<!\p{L})[a-zà-öø-ž]*[à-öø-ž][a-zà-öø-ž]*/gu;
const anyLetter = /[a-zà-ɏ]/i;
/** Japanese is written in three scripts, and Korean and Chinese share one with it. */
const sisters: ReadonlySet<string> = new Set(['Han', 'Hiragana', 'Katakana']);

const languages = Object.keys(functionWords);
const languagesOf = new Map<string, number[]>();
languages.forEach((language, i) => {
  for (const word of new Set(functionWords[language]!.split(' ')))
    languagesOf.set(word, [...(languagesOf.get(word) ?? []), i]);
});

/** Below this share of one script or language the rows have no common one. */
const COMMON = 0.9;
const MIN_ROWS = 20;
/** So many small words of another language, in such a share of all words, are no name and no title. */
const MIN_FOREIGN = 3;
const MIN_FOREIGN_SHARE = 0.3;
/** Fewer will do where letters are foreign, too; and a sentence with hardly a usual word needs none. */
const MIN_ACCENTED = 2;
/** Such letters are foreign where no more of the rows have them. */
const MAX_ACCENTED_ROWS = 0.05;
const MIN_SENTENCE = 5;
const MAX_USUAL_SHARE = 0.2;

/** What a text is written in, as far as its letters and small words tell. */
export interface Written {
  readonly script: Script | undefined;
  /** The words of each language in it; undefined where nothing tells. Shapes: [languages]. */
  readonly hits: Uint16Array | undefined;
  readonly words: number;
  /** Words with letters that English has not, but for names. */
  readonly accented: number;
}

export function readWriting(text: string): Written {
  const script = scriptOf(text);
  if (script !== 'Latin') return { script, hits: undefined, words: 0, accented: 0 };
  const words = text.toLowerCase().match(/[a-zà-ɏ]+/g) ?? [];
  const hits = new Uint16Array(languages.length);
  for (const word of words) for (const i of languagesOf.get(word) ?? []) hits[i]!++;
  return { script, hits, words: words.length, accented: text.match(accentedWord)?.length ?? 0 };
}

function scriptOf(text: string): Script | undefined {
  if (!beyondLatin.test(text)) return anyLetter.test(text) ? 'Latin' : undefined;
  let most: Script | undefined;
  let count = 0;
  for (const script of scripts) {
    const letters = text.match(lettersOf[script])?.length ?? 0;
    if (letters > count) [most, count] = [script, letters];
  }
  return most;
}

/** Learns what most rows are written in, row by row; then judges. */
export function createLanguageJudge() {
  const scriptRows = new Map<Script, number>();
  const languageRows = new Int32Array(languages.length);
  const count = { scripts: 0, languages: 0, accented: 0 };

  return {
    learn({ script, hits, accented }: Written): void {
      if (script === undefined) return;
      if (accented >= MIN_ACCENTED) count.accented++;
      count.scripts++;
      scriptRows.set(script, (scriptRows.get(script) ?? 0) + 1);
      const best = hits && bestOf(hits);
      if (best === undefined) return;
      count.languages++;
      languageRows[best]!++;
    },
    judge({ script, hits, words, accented }: Written): Oddity | undefined {
      const common = [...scriptRows].find(([, rows]) => rows >= COMMON * count.scripts);
      if (count.scripts < MIN_ROWS || !common || script === undefined) return undefined;
      const share = Math.floor((100 * common[1]) / count.scripts);
      if (script !== common[0] && !(sisters.has(script) && sisters.has(common[0])))
        return {
          kind: 'script',
          score: 0.2,
          reason: `Written in ${script} letters, where ${share} % of the records have ${common[0]} ones.`,
        };
      const usual = languageRows.findIndex((rows) => rows >= COMMON * count.languages);
      if (count.languages < MIN_ROWS || usual < 0 || !hits) return undefined;
      const own = bestOf(hits);
      const isForeignLetter = count.accented <= MAX_ACCENTED_ROWS * count.scripts;
      const isUnusual =
        isForeignLetter && accented >= MIN_ACCENTED && hits[usual]! <= MAX_USUAL_SHARE * words;
      const language = own === undefined || own === usual ? undefined : languages[own]!;
      const telling = language === undefined ? 0 : hits[own!]!;
      const isForeign =
        (telling >= Math.max(MIN_FOREIGN, MIN_FOREIGN_SHARE * words) &&
          telling >= 3 * hits[usual]!) ||
        (isUnusual && (telling >= 2 || words >= MIN_SENTENCE));
      if (!isForeign) return undefined;
      return {
        kind: 'language',
        score: 0.3,
        reason: `Reads like ${language ?? 'another language'}, where most records are in ${languages[usual]}.`,
      };
    },
  };
}

/** The language with most small words; undefined when none has any, or two have as many. */
function bestOf(hits: Uint16Array): number | undefined {
  const most = Math.max(...hits);
  const best = hits.indexOf(most);
  return most === 0 || hits.lastIndexOf(most) !== best ? undefined : best;
}
