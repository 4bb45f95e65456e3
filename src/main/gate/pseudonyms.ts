import type { Json } from '../../shared/domain/json.ts';
import { findPersonalData, type PersonalDataFinding } from './personal-data/index.ts';

const placeholderPattern = /\[([A-Z][A-Z_]*_\d+)\]/gi;

/**
 * Replaces personal data by placeholders such as [EMAIL_1] and puts it back into answers. One value has one
 * placeholder within a payload and is replaced wherever it stands, also where nothing beside it tells what it is; the
 * table is never written anywhere.
 */
export function createPseudonyms() {
  const byValue = new Map<string, string>();
  const byName = new Map<string, string>();
  const taken = new Set<string>();
  const findings = new Map<string, readonly PersonalDataFinding[]>();

  function nameFor(kind: string, value: string): string {
    const known = byValue.get(value);
    if (known) return known;
    const stem = kind.toUpperCase().replaceAll('-', '_');
    let number = 1;
    while (taken.has(`${stem}_${number}`)) number++;
    const name = `${stem}_${number}`;
    taken.add(name);
    byValue.set(value, name);
    byName.set(name, value);
    return name;
  }

  /** Finds what is to be replaced. Of several texts each is learnt before one is hidden, so that all know the same. */
  function learn(text: string): readonly PersonalDataFinding[] {
    const known = findings.get(text);
    if (known) return known;
    // A text may itself contain "[EMAIL_1]"; that must not be taken for ours on the way back.
    for (const match of text.matchAll(placeholderPattern)) taken.add(match[1]!.toUpperCase());
    const found = findPersonalData(text).filter(({ isSuggestion }) => !isSuggestion);
    for (const { kind, value } of found) nameFor(kind, value);
    findings.set(text, found);
    return found;
  }

  function hide(text: string): string {
    let result = '';
    let end = 0;
    for (const finding of learn(text)) {
      const name = nameFor(finding.kind, finding.value);
      result += `${hideKnown(text.slice(end, finding.start))}[${name}]`;
      end = finding.end;
    }
    return result + hideKnown(text.slice(end));
  }

  /** A value that was found elsewhere is one here, too, though nothing beside it says so. */
  function hideKnown(text: string): string {
    if (byValue.size === 0 || text === '') return text;
    // Longest first: of a value that stands within another one, the other one is meant.
    const values = [...byValue.keys()].sort((a, b) => b.length - a.length);
    const pattern = `(?<![\\p{L}\\p{N}])(?:${values.map(escapePattern).join('|')})(?![\\p{L}\\p{N}])`;
    return text.replace(new RegExp(pattern, 'gu'), (value) => `[${byValue.get(value)!}]`);
  }

  function restoreText(text: string): string {
    return text.replace(
      placeholderPattern,
      (whole, name: string) => byName.get(name.toUpperCase()) ?? whole,
    );
  }

  function restore(answer: Json): Json {
    if (typeof answer === 'string') return restoreText(answer);
    if (answer === null || typeof answer !== 'object') return answer;
    if (Array.isArray(answer)) return answer.map(restore);
    return Object.fromEntries(
      Object.entries(answer).map(([key, value]) => [restoreText(key), restore(value)]),
    );
  }

  return { learn, hide, restore, count: () => byName.size };
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
