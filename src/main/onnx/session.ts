import { createRequire } from 'node:module';
import type * as Ort from 'onnxruntime-node';
import type { Provider } from '../../shared/domain/provider.ts';
import { AppError } from '../../shared/errors.ts';
import { forbidTelemetry } from './no-telemetry.ts';
import { createTensor, type DataType, dataTypes, type Tensor } from './tensor.ts';

export interface SessionOptions {
  /** Threads of one operator; 1 makes a run repeat bit for bit. */
  readonly threads: number;
  /** How much the runtime may rewrite the graph. */
  readonly optimisation?: 'all' | 'disabled';
  /** What computes; parts of a graph that WebGPU does not know run on the processor. */
  readonly provider?: Provider | undefined;
}

/** A loaded model. */
export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * Runs the graph on arrays, which are not copied. The thread is blocked meanwhile. Outputs named in `into` are
   * written to the arrays given there.
   */
  run(
    feeds: Readonly<Record<string, Tensor>>,
    into?: Readonly<Record<string, Tensor>>,
  ): Promise<Record<string, Tensor>>;
  close(): Promise<void>;
}

/**
 * Loads a model, from memory or from a file. Models that we did not write go through `scanModel` first.
 * @throws AppError `onnx.malformed` when ONNX Runtime refuses it
 */
export async function createSession(
  model: Uint8Array | string,
  { threads, optimisation = 'all', provider = 'cpu' }: SessionOptions,
): Promise<Session> {
  const ort = loadRuntime();
  const options: Ort.InferenceSession.SessionOptions = {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: optimisation,
    enableCpuMemArena: true,
    // Errors arrive as exceptions; the runtime's own lines on standard error would say them twice.
    logSeverityLevel: 4,
    // Spinning threads gain 3 to 12 % on a quiet machine and lose 30 % on one that the user is working on.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  };
  const session = await load(ort, model, options);
  // ONNX Runtime's wrapper of an array is kept, since making 200 of them a step is measurable.
  const wrappers = new WeakMap<Tensor, Ort.Tensor>();

  function wrap(tensor: Tensor): Ort.Tensor {
    let wrapper = wrappers.get(tensor);
    if (!wrapper) {
      wrapper = new ort.Tensor(tensor.type, tensor.data, tensor.dims);
      wrappers.set(tensor, wrapper);
    }
    return wrapper;
  }

  const wrapAll = (tensors: Readonly<Record<string, Tensor>>) =>
    Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, wrap(tensor)]));

  return {
    inputNames: session.inputNames,
    outputNames: session.outputNames,
    async run(feeds, into = {}) {
      const names = session.outputNames;
      const wanted = Object.fromEntries(names.map((name) => [name, null]));
      const results = await session.run(wrapAll(feeds), { ...wanted, ...wrapAll(into) });
      // The runtime writes to a given array but returns another view of it, so the given one is the answer.
      return Object.fromEntries(
        names.map((name) => [name, into[name] ?? unwrap(name, results[name])]),
      );
    },
    close: () => session.release(),
  };
}

/** The version of ONNX Runtime; loads it. */
export function runtimeVersion(): string {
  return loadRuntime().env.versions.node ?? 'unknown';
}

/** The native library is loaded when it is first needed, and never before its telemetry is off. */
function loadRuntime(): typeof Ort {
  forbidTelemetry();
  return createRequire(import.meta.url)('onnxruntime-node');
}

async function load(
  ort: typeof Ort,
  model: Uint8Array | string,
  options: Ort.InferenceSession.SessionOptions,
): Promise<Ort.InferenceSession> {
  try {
    if (typeof model === 'string') return await ort.InferenceSession.create(model, options);
    return await ort.InferenceSession.create(model, options);
  } catch (error) {
    throw new AppError(
      'onnx.malformed',
      `ONNX Runtime cannot load the model: ${(error as Error).message}. Nothing was run; train or export it again.`,
      { cause: error },
    );
  }
}

function unwrap(name: string, result: Ort.Tensor | undefined): Tensor {
  const type = result?.type;
  if (!result || type === undefined || !Object.hasOwn(dataTypes, type))
    throw new AppError(
      'onnx.unsupported',
      `The model's output ${name} is of type ${type ?? 'unknown'}, which Stillroom does not read.`,
    );
  // The table has this type, and the runtime's array for it is the one that the table names.
  return createTensor(type as DataType, result.dims, result.data as Tensor['data']);
}
