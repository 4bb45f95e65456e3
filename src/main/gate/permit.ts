import type { Purpose } from '../../shared/domain/example.ts';
import type { Json } from '../../shared/domain/json.ts';
import { sha256 } from '../lib/hash.ts';
import type { Store } from '../store/store.ts';
import { type BlockReason, decide } from './decide.ts';
import type { Destination } from './destination.ts';
import { createPseudonyms } from './pseudonyms.ts';

declare const permitted: unique symbol;

/** Bytes that may leave, once or again, to one address. Only `permit` makes them, and the door takes nothing else. */
export interface Permitted {
  readonly [permitted]: true;
  readonly destination: Destination;
  readonly purpose: Purpose;
  readonly model: string;
  readonly exampleIds: readonly number[];
  readonly externalIds: readonly string[];
  readonly grantIds: readonly number[];
  /** The exact body. */
  readonly body: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The examples whose personal data was looked for and replaced. */
  readonly redactedIds: readonly number[];
  /** How many pieces of personal data were replaced. */
  readonly redactions: number;
}

export interface PermitAsk {
  readonly exampleIds: readonly number[];
  readonly purpose: Purpose;
  readonly destination: Destination;
  readonly model: string;
  readonly nowMs: number;
}

/** What a feature may put into a payload: the text, with personal data replaced where that is the condition. */
export interface PermittedInput {
  readonly text: string;
  readonly context: string | null;
  /** The same for whatever else the payload says of the example, such as its output. */
  hide(text: string): string;
}

export type Permission =
  | {
      readonly kind: 'permitted';
      readonly payload: Permitted;
      /** Puts the personal data back into what the teacher answered. */
      restore(answer: Json): Json;
    }
  | {
      readonly kind: 'blocked';
      readonly reasons: readonly { readonly exampleId: number; readonly reason: BlockReason }[];
    };

const issued = new WeakSet<object>();

/**
 * Asks the gate for a payload about some examples. The gate reads their texts itself and hands them to `render`
 * only when every one of them may leave; `render` gives the body of the request.
 */
export function permit(
  store: Store,
  ask: PermitAsk,
  render: (inputs: readonly PermittedInput[]) => Json,
): Permission {
  const { purpose, destination, nowMs } = ask;
  const verdicts = ask.exampleIds.map((id) => ({
    id,
    verdict: decide(store, id, { purpose, host: destination.host, nowMs }),
  }));
  const reasons = verdicts.flatMap(({ id, verdict }) =>
    verdict.kind === 'block' ? [{ exampleId: id, reason: verdict.reason }] : [],
  );
  if (reasons.length > 0) return { kind: 'blocked', reasons };

  const redactedIds = verdicts.filter((each) => each.verdict.kind === 'redact').map(({ id }) => id);
  const pseudonyms = createPseudonyms();
  const grantIds = new Set<number>();
  const externalIds: string[] = [];
  const inputs: PermittedInput[] = [];
  for (const { verdict } of verdicts)
    if (verdict.kind === 'redact')
      for (const part of [verdict.example.text, verdict.example.context ?? ''])
        pseudonyms.learn(part);
  for (const { verdict } of verdicts) {
    if (verdict.kind === 'block') continue;
    const { text, context, externalId } = verdict.example;
    const hide = verdict.kind === 'redact' ? pseudonyms.hide : (value: string) => value;
    inputs.push({ text: hide(text), context: context === null ? null : hide(context), hide });
    externalIds.push(externalId);
    for (const id of verdict.grantIds) grantIds.add(id);
  }
  const body = JSON.stringify(render(inputs));
  const fields: Omit<Permitted, typeof permitted> = {
    destination,
    purpose,
    model: ask.model,
    exampleIds: [...ask.exampleIds],
    externalIds,
    grantIds: [...grantIds],
    body,
    bytes: Buffer.byteLength(body),
    sha256: sha256(body),
    redactedIds,
    redactions: pseudonyms.count(),
  };
  // The brand exists in types only; `issued` is its counterpart at run time.
  const payload = Object.freeze(fields) as Permitted;
  issued.add(payload);
  return { kind: 'permitted', payload, restore: pseudonyms.restore };
}

/** Whether a payload was made by `permit`, in this process, and not by a cast. */
export function isIssued(payload: Permitted): boolean {
  return issued.has(payload);
}
