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

/** Where two overlap, the one higher up is believed. To add one: a file and a line. */
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
  name,
];

/**
 * Finds what looks like personal data, in order, without overlaps. It helps people and never is complete: names,
 * addresses and what only the context makes personal are not found.
 */
export function findPersonalData(text: string): PersonalDataFinding[] {
  const simple = simplify(text);
  const found: PersonalDataFinding[] = [];
  for (const { kind, isSuggestion = false, find } of detectors)
    for (const { start, end, confidence } of find(simple))
      if (!found.some((other) => start < other.end && other.start < end))
        found.push({ kind, start, end, value: text.slice(start, end), confidence, isSuggestion });
  return found.sort((a, b) => a.start - b.start);
}
