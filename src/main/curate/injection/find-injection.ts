import { undisguise } from './disguised-text.ts';
import { findEncoded } from './encoded-text.ts';
import { englishRules } from './english.ts';
import { unveil } from './hidden-text.ts';
import { otherLanguageRules } from './other-languages.ts';
import type { PhraseRule, Signal } from './signal.ts';
import { structureRules } from './structure.ts';

/** An order that was hidden, encoded or disguised is meant. */
const ON_PURPOSE = 0.95;
/** What lies beyond is not read, so that a hostile text takes no longer than others. */
const MAX_UNITS = 20_000;
const MAX_QUOTE = 160;

/** All signs that a text speaks to a model, at most one of each kind; see `scoreOf`. */
export function findInjection(source: string): Signal[] {
  const head = source.length > MAX_UNITS ? source.slice(0, MAX_UNITS) : source;
  const { text, hidden, signals: unseen } = unveil(head);
  const lower = toLower(text);
  // Places hold only as long as nothing was taken out.
  const isSame = text === source || text === head;
  const found: Signal[] = [...unseen, ...matchAll(lower, isSame ? text : undefined)];
  for (const said of hidden)
    found.push(
      ...matchAll(toLower(said), undefined).map((signal) => onPurpose(signal, 'hidden', said)),
    );
  for (const { text: said, weight, start, end } of findEncoded(text)) {
    const place = isSame ? { place: { start, end } } : {};
    found.push({ kind: 'encoded', weight, quote: cut(said), ...place });
    found.push(
      ...matchAll(toLower(said), undefined).map((signal) => onPurpose(signal, 'encoded', said)),
    );
  }
  for (const said of undisguise(lower))
    found.push(
      ...matchAll(said, undefined)
        .filter(({ kind }) => !found.some((plain) => plain.kind === kind))
        .map((signal) => onPurpose(signal, 'disguised', signal.quote)),
    );
  return strongest(found);
}

/** In [0, 1], 0 for what certainly speaks to a model: the product of 1 - weight over the kinds of signs. */
export function scoreOf(signals: readonly Signal[]): number {
  return signals.reduce((score, { weight }) => score * (1 - weight), 1);
}

/** Places stay. Of empty lines one break is left: from each break a rule would read on to the end of them. */
function toLower(text: string): string {
  const lower = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s{3,}/g, (run) => (run.includes('\n') ? `${' '.repeat(run.length - 1)}\n` : run));
  return lower.replace(/[‘’ʼ`´]/g, "'").replace(/[“”„«»]/g, '"');
}

const rules: readonly PhraseRule[] = [...englishRules, ...structureRules, ...otherLanguageRules];

function matchAll(lower: string, original: string | undefined): Signal[] {
  const found: Signal[] = [];
  for (const { kind, weight, needs, pattern } of rules) {
    const match = needs.some((word) => lower.includes(word)) ? pattern.exec(lower) : null;
    if (!match) continue;
    const { index, 0: words } = match;
    const isAligned = original?.length === lower.length;
    const [start, end] = trim(words, index);
    found.push({
      kind,
      weight,
      quote: cut((isAligned ? original! : lower).slice(start, end)),
      ...(isAligned && { place: { start, end } }),
    });
  }
  return found;
}

/** Without the sentence's end before it, which only says where it begins. */
function trim(words: string, index: number): [number, number] {
  const lead = /^[^\p{L}\p{N}<[#!-]*/u.exec(words)![0].length;
  return [index + lead, index + words.length];
}

const cut = (text: string) => (text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text);

function onPurpose(signal: Signal, kind: 'hidden' | 'encoded' | 'disguised', said: string): Signal {
  return { kind, weight: Math.min(ON_PURPOSE, signal.weight + 0.2), quote: cut(said) };
}

/** The strongest sign of each kind, in the order in which they were found. */
function strongest(found: readonly Signal[]): Signal[] {
  const best = new Map<Signal['kind'], Signal>();
  for (const signal of found)
    if ((best.get(signal.kind)?.weight ?? 0) < signal.weight) best.set(signal.kind, signal);
  return [...best.values()];
}
