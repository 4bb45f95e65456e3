import { createGraph } from '../../onnx/graph/graph.ts';
import { toModel } from '../../onnx/graph/to-model.ts';
import { fusedMatMul } from '../../onnx/operators/fused-mat-mul.ts';
import { createSession } from '../../onnx/session.ts';
import { createTensor } from '../../onnx/tensor.ts';

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly data: Float32Array;
}

/** Multiplies matrices at the speed of the runtime. */
export interface MatrixProduct {
  /** Shapes: a [M, K], b [K, N] -> [M, N]; `transA` takes a as [K, M], `transB` b as [N, K]. */
  multiply(a: Matrix, b: Matrix): Promise<Matrix>;
  close(): Promise<void>;
}

/** Prepares products of one kind; the sizes may change from one call to the next. */
export async function createMatrixProduct(transposed: {
  readonly transA?: boolean;
  readonly transB?: boolean;
}): Promise<MatrixProduct> {
  const graph = createGraph('product');
  const a = graph.input('a', 'float32', transposed.transA ? ['K', 'M'] : ['M', 'K']);
  const b = graph.input('b', 'float32', transposed.transB ? ['N', 'K'] : ['K', 'N']);
  graph.output('c', fusedMatMul(a, b, transposed));
  const session = await createSession(toModel(graph), { threads: 1 });
  return {
    async multiply(left, right) {
      const { c } = await session.run({
        a: createTensor('float32', [left.rows, left.columns], left.data),
        b: createTensor('float32', [right.rows, right.columns], right.data),
      });
      const [rows, columns] = c!.dims; // the graph's one output, of two dimensions and float32
      return { rows: rows!, columns: columns!, data: c!.data as Float32Array };
    },
    close: () => session.close(),
  };
}

/** Rows `from` to `to` of a matrix, not copied. */
export function rowsOf(matrix: Matrix, from: number, to: number): Matrix {
  return {
    rows: to - from,
    columns: matrix.columns,
    data: matrix.data.subarray(from * matrix.columns, to * matrix.columns),
  };
}
