import type { Kernels } from './kernels.ts';
import {
  add,
  addDouble,
  addDoubles,
  addInts,
  assemble,
  type Code,
  div,
  f32,
  f64,
  get,
  highDouble,
  i32,
  isBelow,
  load,
  lowDouble,
  mul,
  mulDoubles,
  number,
  promoteLow,
  repeatWhile,
  set,
  splat,
  sqrt,
  store,
  sub,
  upperHalf,
  v128,
  type WasmFunction,
} from './wasm-assembler.ts';

const PAGE_BYTES = 2 ** 16;
/** Bytes of four float32. */
const GROUP_BYTES = 16;

/** Moves positions on to the next group of four, and goes round while the first is below the end. */
function forEachGroup(positions: readonly number[], end: number, body: Code): Code {
  const advance = positions.flatMap((at) => set(at, addInts(get(at), number(GROUP_BYTES))));
  return repeatWhile([...body, ...advance], isBelow(get(positions[0]!), get(end)));
}

/** adamW(p, g, m, v, end, scale, β₁, 1 - β₁, β₂, 1 - β₂, decay, stepSize, inverseRoot, ε): see plain-kernels.ts. */
function adamW(): WasmFunction {
  const [p, g, m, v, end] = [0, 1, 2, 3, 4] as const;
  const coefficients = [5, 6, 7, 8, 9, 10, 11, 12, 13];
  // Each coefficient in four lanes, in a local of its own.
  const wide = coefficients.map((_, i) => 14 + i);
  const [scale, beta1, rest1, beta2, rest2, decay, stepSize, inverseRoot, epsilon] = wide.map(
    get,
  ) as [Code, Code, Code, Code, Code, Code, Code, Code, Code]; // nine coefficients
  const [gradient, first, second] = [23, 24, 25] as const;
  const root = add(mul(sqrt(get(second)), inverseRoot), epsilon);
  return {
    name: 'adamW',
    parameters: [...new Array(5).fill(i32), ...coefficients.map(() => f32)],
    results: [],
    locals: [...wide.map(() => v128), v128, v128, v128],
    body: [
      ...wide.flatMap((local, i) => set(local, splat(get(coefficients[i]!)))),
      ...forEachGroup([p, g, m, v], end, [
        ...set(gradient, mul(load(get(g)), scale)),
        ...set(first, add(mul(load(get(m)), beta1), mul(get(gradient), rest1))),
        ...set(
          second,
          add(mul(load(get(v)), beta2), mul(mul(get(gradient), get(gradient)), rest2)),
        ),
        ...store(get(m), get(first)),
        ...store(get(v), get(second)),
        ...store(get(p), sub(mul(load(get(p)), decay), div(mul(get(first), stepSize), root))),
      ]),
    ],
  };
}

/** sumOfSquares(x, end): two sums of two doubles, joined at the end. */
function sumOfSquares(): WasmFunction {
  const [x, end, group, low, high, half] = [0, 1, 2, 3, 4, 5] as const;
  const addSquare = (sum: number, lanes: Code) => [
    ...set(half, promoteLow(lanes)),
    ...set(sum, addDoubles(get(sum), mulDoubles(get(half), get(half)))),
  ];
  const sum = addDoubles(get(low), get(high));
  return {
    name: 'sumOfSquares',
    parameters: [i32, i32],
    results: [f64],
    locals: [v128, v128, v128, v128],
    body: [
      ...forEachGroup([x], end, [
        ...set(group, load(get(x))),
        ...addSquare(low, get(group)),
        ...addSquare(high, upperHalf(get(group))),
      ]),
      ...addDouble(lowDouble(sum), highDouble(sum)),
    ],
  };
}

/** add(y, x, end) */
function addTo(): WasmFunction {
  const [y, x, end] = [0, 1, 2] as const;
  const body = forEachGroup([y, x], end, store(get(y), add(load(get(y)), load(get(x)))));
  return { name: 'add', parameters: [i32, i32, i32], results: [], locals: [], body };
}

/** addScaled(y, x, end, a) */
function addScaled(): WasmFunction {
  const [y, x, end, a, wide] = [0, 1, 2, 3, 4] as const;
  const sum = add(load(get(y)), mul(load(get(x)), get(wide)));
  return {
    name: 'addScaled',
    parameters: [i32, i32, i32, f32],
    results: [],
    locals: [v128],
    body: [...set(wide, splat(get(a))), ...forEachGroup([y, x], end, store(get(y), sum))],
  };
}

type Exported = (...numbers: number[]) => number;

/** The kernels in WebAssembly, four elements at a time, on memory that ONNX Runtime reads and writes as it is. */
export function createSimdKernels(sizeBytes: number): Kernels {
  const pages = Math.max(1, Math.ceil(sizeBytes / PAGE_BYTES));
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const module = new WebAssembly.Module(assemble([adamW(), sumOfSquares(), addTo(), addScaled()]));
  const instance = new WebAssembly.Instance(module, { env: { memory } });
  // The functions that were assembled above take and give numbers.
  const run = instance.exports as {
    readonly [name in 'adamW' | 'sumOfSquares' | 'add' | 'addScaled']: Exported;
  };
  return {
    buffer: memory.buffer,
    adamW(p, g, m, v, count, by) {
      const { gradientScale, beta1, beta2, decay, stepSize, inverseRoot, epsilon } = by;
      run.adamW(
        p,
        g,
        m,
        v,
        p + 4 * count,
        gradientScale,
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        decay,
        stepSize,
        inverseRoot,
        epsilon,
      );
    },
    sumOfSquares: (x, count) => run.sumOfSquares(x, x + 4 * count),
    add: (y, x, count) => void run.add(y, x, y + 4 * count),
    addScaled: (y, x, a, count) => void run.addScaled(y, x, y + 4 * count, a),
  };
}
