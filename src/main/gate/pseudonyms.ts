import type { Json } from '../../shared/domain/json.ts';
import { findPersonalData } from './personal-data/index.ts';

const placeholderPattern = /\[([A-Z][A-Z_]*_\d+)\]/gi;

/**
 * Replaces personal data by placeholders such as [EMAIL_1] and puts it back into answers. One value has one
 * placeholder within a payload; the table is never written anywhere.
 */
export function createPseudonyms() {
  const byValue = new Map<string, string>();
  const byName = new Map<string, string>();
  const taken = new Set<string>();

  function nameFor(kind: string, value: string): string {
    const known = byValue.get(`${kind}\n${value}`);
    if (known) return known;
    const stem = kind.toUpperCase().replaceAll('-', '_');
    let number = 1;
    while (taken.has(`${stem}_${number}`)) number++;
    const name = `${stem}_${number}`;
    taken.add(name);
    byValue.set(`${kind}\n${value}`, name);
    byName.set(name, value);
    return name;
  }

  function hide(text: string): string {
    // A text may itself contain "[EMAIL_1]"; that must not be taken for ours on the way back.
    for (const match of text.matchAll(placeholderPattern)) taken.add(match[1]!.toUpperCase());
    let result = '';
    let end = 0;
    for (const finding of findPersonalData(text)) {
      if (finding.isSuggestion) continue;
      result += `${text.slice(end, finding.start)}[${nameFor(finding.kind, finding.value)}]`;
      end = finding.end;
    }
    return result + text.slice(end);
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

  return { hide, restore, count: () => byName.size };
}
