import type { StudentFacts } from './student-json.ts';

/** Whether a student writes free text. */
export const isWriter = ({ calibration }: StudentFacts): boolean => calibration.method === 'none';

/** What a card says of a writer's task. */
export const writerTask = `It writes a draft of an answer to a text, word by word; a person reads each before it is used. A draft
with a number, date, amount, code or address that the text does not give, and that is not the house's, is thrown away.
Names and claims in words are not checked, and it may say words of its training rows again.`;

/** What is said of how a student came to be measured that stopped by the rows that measured it. */
export const writerEnd = `The student in this folder is the very one that was measured, and has not learned from those rows; its
training stopped when they no longer got better, so the figures flatter it a little.`;

/** What a writer's confidence is, and what its figures mean. */
export function tellWriterConfidence({ calibration, training }: StudentFacts): string {
  if (calibration.method !== 'none') return '';
  const { perplexity, perplexityBefore } = training;
  const fell =
    perplexity === undefined || perplexityBefore === undefined
      ? ''
      : `
Perplexity of the outputs of the rows held out: ${perplexity.toFixed(3)}; of the base model before: ${perplexityBefore.toFixed(3)}.`;
  return `Confidence is ${calibration.of}. It is no probability of being right: no answer of this student may be used unseen.${fell}`;
}

/** A line about the model that it was made of. */
export function tellBase({ preprocessing }: StudentFacts): string {
  const { base, baseSha256, adapters } = preprocessing;
  if (base === undefined) return '';
  return `- base model: ${base}; licence: as the base model’s; SHA-256 \`${baseSha256}\`\n- adapters: ${adapters}\n`;
}
