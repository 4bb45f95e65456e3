import type { SparseMatrix } from '../../features/featuriser.ts';
import type { MlpModel } from './fit-mlp.ts';

/** scores = relu(x W + b) V + c of the first rows, without a runtime. Shapes: [rows, C] */
export function scoreMlp(
  { table, parameters }: MlpModel,
  { starts, indices, values }: SparseMatrix,
  rows: number,
): Float32Array {
  const find = (name: string) => parameters.get(name)!.data; // a network has all three
  const [hiddenBias, outWeight, outBias] = [find('hiddenBias'), find('outWeight'), find('outBias')];
  const H = hiddenBias.length;
  const C = outBias.length;
  const scores = new Float32Array(rows * C);
  for (let row = 0; row < rows; row++) {
    const hidden = Float32Array.from(hiddenBias);
    for (let k = starts[row]!; k < starts[row + 1]!; k++)
      for (let h = 0; h < H; h++) hidden[h]! += values[k]! * table.data[indices[k]! * H + h]!;
    const own = scores.subarray(row * C, (row + 1) * C);
    own.set(outBias);
    for (let h = 0; h < H; h++) {
      if (hidden[h]! <= 0) continue;
      for (let c = 0; c < C; c++) own[c]! += hidden[h]! * outWeight[h * C + c]!;
    }
  }
  return scores;
}
