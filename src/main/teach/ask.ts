import { AppError } from '../../shared/errors.ts';
import type { Asking } from './asking.ts';
import { startCall } from './call.ts';
import type { GatePayload } from './gate-port.ts';
import type { AskOptions } from './options.ts';
import { costUsd } from './prices.ts';
import type { Dialect } from './providers/provider.ts';
import type { PlannedQuestion, Wording } from './question.ts';
import type { Tally } from './result.ts';
import { TeacherError } from './teacher-error.ts';

export type AskEnd = 'answered' | 'failed' | 'refused' | 'cap' | 'stopped';

/** Bytes of JSON for one token at the least; English has about four. */
const MIN_BYTES_PER_TOKEN = 2;

/** Builds the questioner of one run; what it learns about the server's dialect serves all further questions. */
export function createAsk<Question extends PlannedQuestion>(
  asking: Asking<Question>,
): (question: Question) => Promise<AskEnd> {
  const { options, gate, inquiry } = asking;
  let dialect = options.provider.dialect(options.model);

  async function ask(question: Question): Promise<AskEnd> {
    const spoken = dialect;
    const permission = gate.permit(
      {
        exampleId: question.exampleId,
        purpose: options.purpose,
        url: options.provider.url(options.baseUrl),
        model: options.model,
      },
      (input) => renderBody(options, inquiry.word(question, input), spoken),
    );
    if (permission.kind === 'blocked') return countRefusal(asking.tally, permission.reason);
    const { payload } = permission;
    const reservation = await asking.budget.reserve(estimateUsd(asking, payload));
    if (!reservation) return 'cap';
    if (asking.isStopped()) {
      reservation.settle(0, 0);
      return 'stopped';
    }
    const call = startCall(asking, question, payload, reservation);
    try {
      await call.finish(await call.send(), permission.restore);
      return 'answered';
    } catch (error) {
      await call.fail(error);
      const reason = error instanceof AppError ? error.details.reason : undefined;
      if (typeof reason === 'string') return countRefusal(asking.tally, reason);
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
      asking.tally.lastError = error.message;
      return 'failed';
    }
  }
  return ask;
}

/** The body of the question about one example. */
export function renderBody(options: AskOptions, { prompt, schema }: Wording, dialect: Dialect) {
  const { model, temperature, maxOutputTokens } = options;
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

function estimateUsd(
  { price, options }: Pick<Asking<never>, 'price' | 'options'>,
  payload: GatePayload,
): number {
  return costUsd(price, Math.ceil(payload.bytes / MIN_BYTES_PER_TOKEN), options.maxOutputTokens);
}
