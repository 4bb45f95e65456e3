import type { ReviewItem, Verdict } from '../../../shared/contract/review.ts';
import type { Form } from '../../../shared/domain/form/form.ts';
import type { Json } from '../../../shared/domain/json.ts';
import { outputText } from '../../lib/output.ts';

const verdictWords = {
  approve: 'Accepted',
  correct: 'Changed to',
  reject: 'Rejected',
  skip: 'Skipped',
} as const satisfies Record<Verdict, string>;

/** What was decided about a record, in words. Null is an answer, too: no call. */
export function decidedWords(
  verdict: Verdict,
  output: Json | undefined,
  { label, suggestion }: Pick<ReviewItem, 'label' | 'suggestion'>,
  form: Form | undefined,
): string {
  const answer = [output, label, suggestion?.output].find((given) => given !== undefined);
  const told = verdict === 'skip' ? '' : outputText(answer, form);
  return [verdictWords[verdict], told].filter(Boolean).join(' ');
}
