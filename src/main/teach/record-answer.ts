import type { Json } from '../../shared/domain/json.ts';
import type { Settlement } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import type { ParsedReply } from './parse-reply/index.ts';
import type { Tally } from './result.ts';

/** One answer with where it came from. */
export interface Answered {
  readonly exampleId: number;
  /** The model, or the file. */
  readonly teacher: string;
  readonly raw: string;
  readonly parsed: ParsedReply;
  /** Puts personal data back that was replaced on the way out. */
  restore?(output: Json): Json;
  readonly request?: { readonly id: number; readonly settlement: Settlement };
}

/** Keeps the words, the label and the end of the request together: all of it or nothing. */
export function recordAnswer(store: Store, answered: Answered, tally: Tally): void {
  const { exampleId, parsed, raw, request } = answered;
  store.transaction(() => {
    const replyId = store.replies.add({
      requestId: request?.id ?? null,
      exampleId,
      raw,
      outcome: parsed.outcome,
      repairs: parsed.repairs,
    });
    if (parsed.outcome === 'accepted')
      store.labels.add({
        exampleId,
        author: 'teacher',
        name: answered.teacher,
        output: answered.restore?.(parsed.output) ?? parsed.output,
        isValid: true,
        confidence: parsed.confidence,
        replyId,
      });
    if (request) store.requests.settle(request.id, request.settlement);
  });
  if (parsed.outcome === 'accepted') tally.accepted++;
  else tally.malformed++;
  if (parsed.outcome === 'refusal') tally.refusals++;
  if (parsed.outcome === 'accepted' && parsed.repairs.length > 0) tally.repaired++;
}
