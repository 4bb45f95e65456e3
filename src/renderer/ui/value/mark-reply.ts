import type { FieldReading } from '../../../shared/domain/prediction.ts';
import { type Marking, TONES } from '../../lib/segments.ts';

/** Values of a reply as markings: of the text where they were read, and of the reply where they are said. */
export function markReply(
  reply: string,
  fields: readonly FieldReading[],
  missing: readonly string[],
): { readonly inText: Marking[]; readonly inReply: Marking[] } {
  const names = [...new Set([...fields.map(({ name }) => name), ...missing])];
  const toneOf = (name: string) => names.indexOf(name) % TONES;
  const inText = fields.flatMap(({ name, span }): Marking[] =>
    span ? [{ ...span, label: name, tone: toneOf(name) }] : [],
  );
  const said = [
    ...fields.map(({ name, value }) => ({ name, words: String(value) })),
    ...missing.map((name) => ({ name, words: `[${name}]` })),
  ];
  const inReply = said.flatMap(({ name, words }) =>
    placesOf(reply, words).map(
      (start): Marking => ({ start, end: start + words.length, label: name, tone: toneOf(name) }),
    ),
  );
  return { inText, inReply };
}

function placesOf(text: string, words: string): number[] {
  const places: number[] = [];
  if (words === '') return places;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length))
    places.push(at);
  return places;
}
