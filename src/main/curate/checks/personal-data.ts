import type { Example } from '../../store/examples.ts';
import {
  defineCheck,
  type EvidencePlace,
  inputOf,
  type PersonalDataSpan,
  type Score,
} from '../check.ts';
import { eachRow } from '../each-row.ts';

const KINDS_FOR_ZERO = 4;

export const personalDataCheck = defineCheck({
  id: 'personal-data',
  title: 'Personal data',
  explanation:
    'The text holds what looks like personal data. It is replaced before a text is sent when its consent is "redacted"; a student keeps word pieces of what it was trained on.',
  threshold: 0.9,
  async run({ examples, tools }, work) {
    const scores: Score[] = [];
    await eachRow(examples, 'Looking for personal data', work, (example) => {
      const spans = tools.findPersonalData(inputOf(example));
      if (spans.length === 0) return;
      const kinds = [...new Set(spans.map(({ kind }) => kind))];
      scores.push({
        exampleId: example.id,
        score: Math.max(0, 1 - (kinds.length + 1) / KINDS_FOR_ZERO),
        evidence: { kinds, places: spans.flatMap((span) => withinText(example, span)) },
      });
    });
    return scores;
  },
});

/** Spans are counted from the start of the turn before, places from that of the text. */
function withinText(
  { context }: Pick<Example, 'context'>,
  { kind, start, end }: PersonalDataSpan,
): EvidencePlace[] {
  const shift = context === null ? 0 : context.length + 1;
  return start >= shift ? [{ kind, start: start - shift, end: end - shift }] : [];
}
