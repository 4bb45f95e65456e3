import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import type { Store } from '../store/store.ts';
import { type AnswerSchema, createAnswerSchema } from './answer-schema.ts';
import type { Budget, Reservation } from './budget.ts';
import type { GatePayload, GatePort } from './gate-port.ts';
import type { TeachOptions } from './options.ts';
import type { ParsedReply } from './parse-reply/index.ts';
import type { PlannedQuestion } from './plan.ts';
import { costUsd, type KnownPrice } from './prices.ts';
import { createPrompt } from './prompt.ts';
import { type Dialect, fullDialect, type Usage } from './providers/provider.ts';
import { recordAnswer } from './record-answer.ts';
import type { Tally } from './result.ts';
import { TeacherError } from './teacher-error.ts';

export interface Asking {
  readonly store: Store;
  readonly task: Task;
  readonly options: TeachOptions;
  readonly gate: GatePort;
  readonly budget: Budget;
  readonly price: KnownPrice;
  readonly parse: (raw: string) => ParsedReply;
  readonly retry: <Result>(attempt: (number: number) => Promise<Result>) => Promise<Result>;
  readonly tally: Tally;
  readonly jobId: number | null;
  /** Stops calls in flight; fires some seconds after the user cancelled. */
  readonly abandon: AbortSignal;
}

export type AskEnd = 'answered' | 'failed' | 'refused' | 'cap';

/** Bytes of JSON for one token at the least; English has about four. */
const MIN_BYTES_PER_TOKEN = 2;

/** Builds the questioner of one run; what it learns about the server's dialect serves all further questions. */
export function createAsk(asking: Asking): (question: PlannedQuestion) => Promise<AskEnd> {
  const { options, gate, task } = asking;
  const schema = createAnswerSchema(task);
  let dialect: Dialect = fullDialect;

  async function ask(question: PlannedQuestion): Promise<AskEnd> {
    const spoken = dialect;
    const permission = gate.permit(
      {
        exampleId: question.exampleId,
        purpose: options.purpose,
        url: options.provider.url(options.baseUrl),
        model: options.model,
      },
      (input) => renderBody(options, task, schema, input, spoken),
    );
    if (permission.kind === 'blocked') return countRefusal(asking.tally, permission.reason);
    const { payload } = permission;
    const reservation = await asking.budget.reserve(estimateUsd(asking, payload));
    if (!reservation) return 'cap';
    const call = startCall(asking, question, payload, reservation);
    try {
      const { raw, usage } = await call.send();
      call.finish(raw, usage, permission.restore);
      return 'answered';
    } catch (error) {
      call.fail(error);
      if (!(error instanceof TeacherError)) throw error;
      const simpler = options.provider.relax(spoken, error);
      if (simpler) {
        if (dialect === spoken) dialect = simpler;
        asking.tally.sent--;
        return ask(question);
      }
      if (error.kind === 'fatal' || error.isUnreachable) throw error;
      if (asking.abandon.aborted && error.mayHaveArrived) asking.tally.unknown++;
      else asking.tally.failed++;
      return 'failed';
    }
  }
  return ask;
}

/** The body of the question about one example. */
export function renderBody(
  options: TeachOptions,
  task: Task,
  schema: AnswerSchema,
  input: { readonly text: string; readonly context: string | null },
  dialect: Dialect,
) {
  const { model, temperature, maxOutputTokens } = options;
  const prompt = createPrompt(task, input);
  return options.provider.body({ model, prompt, schema, temperature, maxOutputTokens }, dialect);
}

function countRefusal(tally: Tally, reason: string): AskEnd {
  tally.refusedByGate++;
  tally.refusalReasons = {
    ...tally.refusalReasons,
    [reason]: (tally.refusalReasons[reason] ?? 0) + 1,
  };
  return 'refused';
}

function estimateUsd({ price, options }: Asking, payload: GatePayload): number {
  return costUsd(price, Math.ceil(payload.bytes / MIN_BYTES_PER_TOKEN), options.maxOutputTokens);
}

/** One question from its durable start to its durable end. */
function startCall(
  asking: Asking,
  question: PlannedQuestion,
  payload: GatePayload,
  reservation: Reservation,
) {
  const { store, options, gate, tally, budget } = asking;
  const { provider, baseUrl, apiKey } = options;
  const { reservedUsd } = reservation;
  let tries = 0;
  let possiblyCharged = 0;
  const requestId = store.transaction(() =>
    store.requests.start({
      jobId: asking.jobId,
      exampleId: question.exampleId,
      sample: question.sample,
      purpose: options.purpose,
      provider: provider.id,
      destination: gate.destination(provider.url(baseUrl)).host,
      model: options.model,
      payloadSha256: payload.sha256,
      payloadBytes: payload.bytes,
      reservedUsd,
    }),
  );
  tally.sent++;
  tally.redactions += payload.redactions;

  const chargeOf = (usage: Usage | undefined) =>
    usage?.costUsd ??
    (usage ? costUsd(asking.price, usage.inputTokens, usage.outputTokens) : reservedUsd);
  const settleBudget = (spentUsd: number) => {
    reservation.settle(spentUsd, possiblyCharged * reservedUsd);
    tally.costUsd = budget.spentUsd();
  };

  return {
    send: () =>
      asking.retry(async (number) => {
        tries = number;
        tally.tries++;
        tally.bytes += payload.bytes;
        const fetch = gate.open(payload, {
          timeoutMs: options.timeoutMs,
          costOf: (responseBody) => chargeOf(provider.usage(responseBody)),
        });
        try {
          return await provider.send(JSON.parse(payload.body), {
            baseUrl,
            apiKey,
            fetch,
            signal: asking.abandon,
          });
        } catch (error) {
          if (error instanceof TeacherError && error.mayHaveArrived) possiblyCharged++;
          throw error;
        }
      }),
    finish(
      raw: string,
      usage: Usage | undefined,
      restore: Parameters<typeof recordAnswer>[1]['restore'],
    ) {
      const spentUsd = chargeOf(usage);
      settleBudget(spentUsd);
      const settlement = {
        state: 'finished',
        tries,
        costUsd: spentUsd,
        reservedUsd: possiblyCharged * reservedUsd,
        inputTokens: usage?.inputTokens ?? null,
        outputTokens: usage?.outputTokens ?? null,
        error: null,
      } as const;
      recordAnswer(
        store,
        {
          exampleId: question.exampleId,
          teacher: options.model,
          raw,
          parsed: asking.parse(raw),
          ...(restore && { restore }),
          request: { id: requestId, settlement },
        },
        tally,
      );
    },
    fail(error: unknown) {
      settleBudget(0);
      const isUnknown =
        asking.abandon.aborted && error instanceof TeacherError && error.mayHaveArrived;
      store.transaction(() =>
        store.requests.settle(requestId, {
          state: isUnknown ? 'unknown' : 'failed',
          tries,
          costUsd: 0,
          reservedUsd: possiblyCharged * reservedUsd,
          inputTokens: null,
          outputTokens: null,
          error:
            error instanceof AppError || error instanceof Error ? error.message : String(error),
        }),
      );
    },
  };
}
