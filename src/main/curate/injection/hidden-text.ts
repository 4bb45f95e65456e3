import type { Signal } from './signal.ts';

/** Tag characters: ASCII that no font shows. The flags of England, Scotland and Wales are spelled with them. */
const tags = /(?<!\u{1F3F4}[\u{E0020}-\u{E007F}]{0,8})[\u{E0020}-\u{E007F}]{2,}/gu;
/** Each of 256 variation selectors stands for a byte; one behind an emoji or a letter is usual. */
const selectors = /\p{Variation_Selector}{3,}/gu;
const zeroWidth = /[\u200B\u2060-\u2064\u180E\uFEFF]/g;
/** Between Latin letters these show nothing, too; elsewhere scripts and emoji need them. */
const joinersInWord = /(?<=\p{Script=Latin})(?:\u200C|\u200D|\u00AD)(?=\p{Script=Latin})/gu;
const zeroWidthRun =
  /(?:[\u200B\u2060-\u2064\u180E\uFEFF]|(?<=\p{Script=Latin})(?:\u200C|\u200D)(?=\p{Script=Latin})){1,200}/u;
const withinWord =
  /(?<=\p{L})(?:[\u200B\u2060-\u2064\u180E\uFEFF]|(?<=\p{Script=Latin})(?:\u200C|\u200D))(?=\p{L})/gu;
const overrides = /[\u202D\u202E]/;
const comment = /<!--([\s\S]{3,400}?)-->/g;
const unseenStyle =
  /(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em|;|"|')|opacity\s*:\s*0(?:;|"|')|color\s*:\s*(?:white|#fff(?:fff)?|transparent)\b)/i;

export interface Unveiled {
  /** Without what is not seen. */
  readonly text: string;
  /** What is not seen, to be read on its own. */
  readonly hidden: readonly string[];
  readonly signals: readonly Signal[];
}

/** Whether a text has any character or mark that this file looks for. */
const mayHide =
  /[\u00AD\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Variation_Selector}|[\u{E0020}-\u{E007F}]|<!--|style\s*=/iu;

/** Finds what people do not see in a text. */
export function unveil(source: string): Unveiled {
  if (!mayHide.test(source)) return { text: source, hidden: [], signals: [] };
  const signals: Signal[] = [];
  const hidden: string[] = [];
  const add = (weight: number, quote: string, start: number, length: number) =>
    signals.push({ kind: 'hidden', weight, quote, place: { start, end: start + length } });

  for (const { 0: run, index } of source.matchAll(tags)) {
    const said = String.fromCodePoint(...[...run].map((tag) => tag.codePointAt(0)! - 0xe0000));
    hidden.push(said);
    add(0.9, said, index, run.length);
  }
  for (const { 0: run, index } of source.matchAll(selectors)) {
    const said = Buffer.from([...run].map(selectorByte)).toString('utf8');
    hidden.push(said);
    add(0.8, said, index, run.length);
  }
  const body = source.startsWith('\uFEFF') ? ` ${source.slice(1)}` : source;
  // Some come along with what is copied from a web page, or pad a newsletter; hardly within words.
  const split = body.match(withinWord)?.length ?? 0;
  const unseen = zeroWidthRun.exec(body);
  if (unseen) {
    const weight = split >= 3 ? 0.7 : unseen[0].length >= 8 ? 0.6 : 0.2;
    add(
      weight,
      `${Math.max(split, unseen[0].length)} characters without width`,
      unseen.index,
      unseen[0].length,
    );
  }
  const turned = overrides.exec(source);
  if (turned) add(0.6, 'text is shown in the other direction', turned.index, 1);
  for (const { 0: whole, 1: said, index } of source.matchAll(comment)) {
    hidden.push(said!);
    add(0.3, said!.trim(), index, whole.length);
  }
  const style = unseenStyle.exec(source);
  if (style) add(0.4, style[0], style.index, style[0].length);
  return {
    text: source
      .replace(zeroWidth, '')
      .replace(joinersInWord, '')
      .replace(tags, '')
      .replace(selectors, ''),
    hidden,
    signals,
  };
}

function selectorByte(selector: string): number {
  const point = selector.codePointAt(0)!;
  return point >= 0xe0100 ? point - 0xe0100 + 16 : point - 0xfe00;
}
