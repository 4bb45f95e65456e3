import type { Purpose } from '../../shared/domain/example.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Commit } from '../store/group-commit.ts';
import type { QuestionInput } from './question.ts';

/** What teaching needs of the gate; the application fills it in. `Payload` is the gate's own and opaque here. */
export interface GatePort<Payload extends GatePayload = GatePayload> {
  /** Reads an address. @throws AppError when it is none or not safe */
  destination(url: string): { readonly host: string; readonly isLoopback: boolean };
  /** Why an example may not leave; undefined when it may. */
  block(exampleId: number, ask: { purpose: Purpose; url: string }): string | undefined;
  /** Makes the payload about one example; its text is handed to `render` only when it may leave. */
  permit(
    ask: { exampleId: number; purpose: Purpose; url: string; model: string },
    render: (input: QuestionInput) => Json,
  ):
    | { readonly kind: 'blocked'; readonly reason: string }
    | { readonly kind: 'permitted'; readonly payload: Payload; restore(answer: Json): Json };
  /** The only `fetch` there is: sends this payload and nothing else. */
  open(
    payload: Payload,
    options: {
      timeoutMs?: number;
      costOf(responseBody: string): number | null;
      /** Runs in the transaction that puts the attempt on disk, before the socket opens. */
      onAttempt(): void;
      /** Puts the attempt on disk, together with others. */
      commit: Commit;
      /** The outcome is written by calling `append` inside of a transaction. */
      deferOutcome(append: () => void): void;
    },
  ): TeacherFetch;
  /** The headers that would leave. */
  visibleHeaders(headers: Headers): Readonly<Record<string, string>>;
}

export interface GatePayload {
  readonly body: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly redactions: number;
}

export type TeacherFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
