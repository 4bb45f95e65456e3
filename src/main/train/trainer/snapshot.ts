import { deserialize, serialize } from 'node:v8';
import { sha256 } from '../../lib/hash.ts';
import type { AdamWState } from '../../onnx/optimisers/adam-w.ts';
import type { LossPoint, TrainingPlan, TrainingResult } from './plan.ts';

/** How far a training is, and the best epoch on the validation rows. Random draws follow from epoch and batches. */
export interface Position {
  epoch: number;
  /** Batches of that epoch that are done, and the sum of their losses. */
  batches: number;
  lossSum: number;
  readonly curve: LossPoint[];
  best?: {
    readonly epoch: number;
    readonly loss: number;
    readonly arrays: TrainingResult['arrays'];
  };
}

export function startPosition(): Position {
  return { epoch: 0, batches: 0, lossSum: 0, curve: [] };
}

/** All that the next step depends on, besides the plan. */
interface Snapshot {
  readonly planHash: string;
  readonly position: Position;
  readonly adamW: AdamWState;
}

export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  return serialize(snapshot);
}

/** The snapshot of this very plan; undefined for one of another plan or that is not readable. */
export function decodeSnapshot(
  bytes: Uint8Array | undefined,
  planHash: string,
): Snapshot | undefined {
  if (!bytes) return undefined;
  try {
    const snapshot = deserialize(bytes) as Snapshot; // written by encodeSnapshot
    return snapshot.planHash === planHash ? snapshot : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 of what decides how a training goes on: settings, data, and the weights that it begins with. */
export function hashPlan(plan: TrainingPlan): string {
  const {
    epochs,
    schedule,
    weightDecay,
    clipNorm,
    seed,
    batchSize,
    classCount,
    dropout,
    ngramDropout,
    wordDropout,
    objective,
  } = plan;
  const describe = ({ name, initial, rate }: TrainingPlan['parameters'][number]) => [
    name,
    initial.dims,
    sha256(toBytes(initial.data)),
    rate,
  ];
  return sha256(
    JSON.stringify([
      {
        epochs,
        schedule,
        weightDecay,
        clipNorm,
        seed,
        batchSize,
        classCount,
        dropout,
        ngramDropout,
        wordDropout,
        objective,
      },
      plan.parameters.map(describe),
      [plan.tokenTable, plan.ngramTable].map((table) => table && describe(table)),
      plan.buckets.map(({ length, training }) => [length, sha256(training)]),
      Object.entries(plan.frozen ?? {}).map(([name, { data }]) => [name, sha256(toBytes(data))]),
      plan.frozenTable && sha256(toBytes(plan.frozenTable.data)),
      [plan.examples, plan.validation?.examples].map(
        (examples) =>
          examples && [
            examples.count,
            [
              examples.targets.classes,
              examples.tokens?.ids,
              examples.ngrams?.ids,
              examples.tags?.ids,
              examples.asked?.ids,
              examples.answers?.ids,
              examples.saidFrom,
            ].map((array) => array && sha256(toBytes(array))),
          ],
      ),
    ]),
  );
}

function toBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
