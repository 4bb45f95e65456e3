import { address } from './address.ts';
import { birthDate } from './birth-date.ts';
import { card } from './card.ts';
import { email } from './email.ts';
import type { Detector, PersonalDataFinding } from './finding.ts';
import { iban } from './iban.ts';
import { name } from './name.ts';
import { nationalId } from './national-id.ts';
import { ip, url } from './network.ts';
import { phone } from './phone.ts';
import { secret } from './secret.ts';
import { simplify } from './simplify.ts';

export type { PersonalDataFinding } from './finding.ts';

/** Where two overlap, the one higher up names the whole of both. To add one: a file and a line. */
export const detectors: readonly Detector[] = [
  url,
  secret,
  email,
  iban,
  card,
  nationalId,
  ip,
  birthDate,
  phone,
  address,
  name,
];

/**
 * Finds what looks like personal data, in order, without overlaps. It helps people and never is complete: most names,
 * addresses in other forms and what only the context makes personal are not found.
 */
export function findPersonalData(text: string): PersonalDataFinding[] {
  const simple = simplify(text);
  const found: PersonalDataFinding[] = [];
  for (const { kind, isSuggestion = false, find } of detectors)
    for (const { start, end, confidence } of find(simple)) {
      const overlapping = found.filter((other) => start < other.end && other.start < end);
      if (overlapping.length === 0)
        found.push({ kind, start, end, value: text.slice(start, end), confidence, isSuggestion });
      else if (!isSuggestion) join(text, found, overlapping, { start, end });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** Makes one finding of several that overlap: what the lesser one saw beyond the other is personal, too. */
function join(
  text: string,
  found: PersonalDataFinding[],
  overlapping: readonly PersonalDataFinding[],
  more: { readonly start: number; readonly end: number },
): void {
  const start = Math.min(more.start, ...overlapping.map((each) => each.start));
  const end = Math.max(more.end, ...overlapping.map((each) => each.end));
  const [best, ...others] = overlapping;
  found[found.indexOf(best!)] = { ...best!, start, end, value: text.slice(start, end) };
  for (const other of others) found.splice(found.indexOf(other), 1);
}
