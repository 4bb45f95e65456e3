import type { Json } from '../../shared/domain/json.ts';
import type { Settlement } from '../store/requests.ts';
import type { Asking } from './asking.ts';
import type { Reservation } from './budget.ts';
import type { GatePayload } from './gate-port.ts';
import { costUsd } from './prices.ts';
import type { TeacherAnswer, Usage } from './providers/provider.ts';
import type { PlannedQuestion } from './question.ts';
import { TeacherError } from './teacher-error.ts';

/** One question from its durable start to its durable end. */
export function startCall<Question extends PlannedQuestion>(
  asking: Asking<Question>,
  question: Question,
  payload: GatePayload,
  reservation: Reservation,
) {
  const { store, options, gate, tally, budget, commit } = asking;
  const { provider, baseUrl, apiKey } = options;
  const { reservedUsd } = reservation;
  let requestId: number | undefined;
  let tries = 0;
  let possiblyCharged = 0;
  let renewals = 0;
  let writeOutcome: (() => void) | undefined;
  /** What the answer that came cost; undefined before one came. */
  let paidUsd: number | null | undefined;

  const chargeOf = (usage: Usage | undefined) =>
    usage?.costUsd ??
    (usage ? costUsd(asking.price, usage.inputTokens, usage.outputTokens) : reservedUsd);
  /** As it is kept: nothing is claimed where no price is known. */
  const costOf = (usage: Usage | undefined): number | null =>
    asking.price.isUnknown ? (usage?.costUsd ?? null) : chargeOf(usage);
  const settleBudget = (spentUsd: number) => {
    reservation.settle(spentUsd, possiblyCharged * reservedUsd);
    tally.costUsd = budget.spentUsd();
  };
  const flushOutcome = () => {
    writeOutcome?.();
    writeOutcome = undefined;
  };

  function onAttempt(): void {
    tries++;
    tally.tries++;
    tally.bytes += payload.bytes;
    if (requestId !== undefined) return;
    tally.sent++;
    tally.redactions += payload.redactions;
    requestId = store.requests.start({
      jobId: asking.jobId,
      exampleId: question.exampleId,
      sample: question.sample,
      purpose: options.purpose,
      variant: question.variant,
      provider: provider.id,
      destination: gate.destination(provider.url(baseUrl)).host,
      model: options.model,
      payloadSha256: payload.sha256,
      payloadBytes: payload.bytes,
      reservedUsd,
    });
  }

  /** Money for one more try, where those before may have been charged for an answer that never came. */
  function assertAffordable(): void {
    if (renewals === possiblyCharged) return;
    if (!reservation.renew())
      throw new TeacherError(
        'reject',
        'the answer never came, it may have been charged, and asking again could break the cap',
      );
    renewals++;
  }

  async function sendOnce(): Promise<TeacherAnswer> {
    assertAffordable();
    const fetch = gate.open(payload, {
      timeoutMs: options.timeoutMs,
      costOf: (responseBody) => costOf(provider.usage(responseBody)),
      onAttempt,
      commit,
      deferOutcome: (append) => {
        writeOutcome = append;
      },
    });
    try {
      const body = JSON.parse(payload.body) as Json;
      return await provider.send(body, { baseUrl, apiKey, fetch, signal: asking.abandon });
    } catch (error) {
      if (error instanceof TeacherError && error.mayHaveArrived) possiblyCharged++;
      // A server may say the key back, and what it says is kept.
      if (error instanceof TeacherError && apiKey)
        error.message = error.message.replaceAll(apiKey, '***');
      await commit(flushOutcome);
      throw error;
    }
  }

  function settlement(
    state: Settlement['state'],
    spentUsd: number | null,
    usage?: Usage,
  ): Settlement {
    return {
      state,
      tries,
      costUsd: spentUsd,
      reservedUsd: possiblyCharged * reservedUsd,
      inputTokens: usage?.inputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      error: null,
    };
  }

  return {
    send: () => asking.retry(sendOnce),
    /** Outcome, words, what they yield and end of the request: all of it or nothing. */
    async finish(
      { raw, ending, usage }: TeacherAnswer,
      restore: (output: Json) => Json,
    ): Promise<void> {
      settleBudget(chargeOf(usage));
      paidUsd = costOf(usage);
      const answered = {
        exampleId: question.exampleId,
        teacher: options.model,
        raw,
        ending,
        restore,
        request: { id: requestId!, settlement: settlement('finished', paidUsd, usage) },
      };
      await commit(() => {
        flushOutcome();
        asking.inquiry.record(question, answered);
      });
    },
    async fail(error: unknown): Promise<void> {
      if (paidUsd === undefined) settleBudget(0);
      if (requestId === undefined) return;
      // An answer that came and could not be kept is paid for: it is not asked for again unasked.
      const isUnknown =
        paidUsd !== undefined ||
        (asking.abandon.aborted && error instanceof TeacherError && error.mayHaveArrived);
      const message = error instanceof Error ? error.message : String(error);
      const end = { ...settlement(isUnknown ? 'unknown' : 'failed', paidUsd ?? 0), error: message };
      const id = requestId;
      await commit(() => store.requests.settle(id, end));
    },
  };
}
