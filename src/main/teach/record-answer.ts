import type { Json } from '../../shared/domain/json.ts';
import type { Settlement } from '../store/requests.ts';
import type { Store } from '../store/store.ts';
import type { Ending } from './ending.ts';
import type { ParsedReply, ReplyParser } from './parse-reply/index.ts';
import type { Tally } from './result.ts';

/** One answer with where it came from. */
export interface Answered {
  readonly exampleId: number;
  /** The model, or the file. */
  readonly teacher: string;
  readonly raw: string;
  /** Why it ended before it was whole, where the provider says so. */
  readonly ending?: Ending | undefined;
  /** Puts personal data back that was replaced on the way out. */
  restore?(output: Json): Json;
  readonly request?: { readonly id: number; readonly settlement: Settlement };
}

/** An answer as the parser reads it, unless the provider itself says that it is a refusal. */
export function readAnswer(
  { raw, restore, ending }: Pick<Answered, 'raw' | 'restore' | 'ending'>,
  parse: ReplyParser,
): ParsedReply {
  return ending === 'refused'
    ? { outcome: 'refusal', problem: 'the teacher declined', repairs: [] }
    : parse(raw, restore, ending === 'cut-off');
}

/** Keeps the words, the label and the end of the request together: all of it or nothing. */
export function recordAnswer(
  store: Store,
  answered: Answered,
  parsed: ParsedReply,
  tally: Tally,
): void {
  const { exampleId } = answered;
  store.transaction(() => {
    const replyId = recordReply(store, answered, parsed, tally);
    if (parsed.outcome === 'accepted')
      store.labels.add({
        exampleId,
        author: 'teacher',
        name: answered.teacher,
        output: parsed.output,
        isValid: true,
        confidence: parsed.confidence,
        replyId,
      });
  });
}

/** Keeps the words and the end of the request, and counts the answer. Call inside a transaction. */
export function recordReply(
  store: Store,
  { exampleId, raw, ending, request }: Answered,
  { outcome, repairs }: Pick<ParsedReply, 'outcome' | 'repairs'>,
  tally: Tally,
): number {
  const requestId = request?.id ?? null;
  const replyId = store.replies.add({ requestId, exampleId, raw, outcome, repairs });
  if (request) store.requests.settle(request.id, request.settlement);
  if (outcome === 'accepted') tally.accepted++;
  else tally.malformed++;
  if (outcome === 'refusal') tally.refusals++;
  if (outcome === 'malformed' && ending === 'cut-off') tally.cutOff++;
  if (outcome === 'accepted' && repairs.length > 0) tally.repaired++;
  return replyId;
}
