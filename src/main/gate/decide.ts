import type { Purpose } from '../../shared/domain/example.ts';
import type { Example } from '../store/examples.ts';
import type { Store } from '../store/store.ts';
import { coversHost } from './destination.ts';

export interface Ask {
  readonly purpose: Purpose;
  /** Host of the destination, with its port where it is not the scheme's own. */
  readonly host: string;
  readonly nowMs: number;
}

export const blockReasons = ['missing', 'private', 'holdout', 'no-grant'] as const;
export type BlockReason = (typeof blockReasons)[number];

export type Verdict =
  | {
      readonly kind: 'allow' | 'redact';
      readonly example: Example;
      readonly grantIds: readonly number[];
    }
  | { readonly kind: 'block'; readonly reason: BlockReason };

/**
 * Whether an example may leave, for what, to where, now. A synthetic example follows the one that it was made from:
 * the strictest consent of its line holds, the grant is the origin's, and nothing made from the holdout may leave.
 */
export function decide(store: Store, exampleId: number, ask: Ask): Verdict {
  const line = store.examples.lineage(exampleId);
  const example = line[0];
  const origin = line.at(-1);
  if (!example || !origin) return { kind: 'block', reason: 'missing' };
  if (line.some((each) => each.consent === 'private')) return { kind: 'block', reason: 'private' };
  if (ask.purpose !== 'measure' && line.some((each) => each.split === 'holdout'))
    return { kind: 'block', reason: 'holdout' };
  const grantIds = store.grants
    .of(origin.id)
    .filter(
      (grant) =>
        (grant.expiresAtMs === null || grant.expiresAtMs > ask.nowMs) &&
        grant.purposes.includes(ask.purpose) &&
        coversHost(grant.destination, ask.host),
    )
    .map((grant) => grant.id);
  if (grantIds.length === 0) return { kind: 'block', reason: 'no-grant' };
  const isRedacted = line.some((each) => each.consent === 'redacted');
  return { kind: isRedacted ? 'redact' : 'allow', example, grantIds };
}
