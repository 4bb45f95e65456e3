import { AppError } from '../../../../shared/errors.ts';
import type { Value } from '../../../onnx/graph/graph.ts';
import { encodeModel } from '../../../onnx/protobuf/encode.ts';
import type { Message } from '../../../onnx/protobuf/schema.ts';
import { toTensorProto } from '../../../onnx/protobuf/tensor-proto.ts';
import { scanModel } from '../../../onnx/scan.ts';
import { createTensor, type Tensor } from '../../../onnx/tensor.ts';
import { compileNodes, typesOf } from '../imported/compile-nodes.ts';
import { type CutModel, cutEmbedding } from '../imported/cut-embedding.ts';
import { fuse, keepLive } from '../imported/fuse.ts';
import { type ImportedModel, readImportedModel } from '../imported/imported-model.ts';
import { raiseOpset } from '../imported/raise-opset.ts';
import { refuseQuantised } from '../imported/refuse-quantised.ts';
import { runForValues } from '../imported/run-for-values.ts';
import { descendants, refuseWalls, valuesBeside } from '../imported/trace.ts';
import { type Cache, readCache } from './cache.ts';
import { emptyCache, readTokenInputs, type TokenInputs, tokenFeeds } from './feeds.ts';
import { cutHead, type Head } from './head.ts';
import { learnShapes, ruleBatches, stateShapes } from './known-shapes.ts';
import { rewriteModel } from './rewrite-model.ts';
import { dropIdentities, foldTransposes, refuseUnknown, transpose } from './simplify.ts';
import { toProto } from './to-proto.ts';

/** What a decoder's forward pass is built from. */
export interface DecoderInputs {
  /** Vectors of the tokens. Shapes: float32[B, L, D] of known sizes; padding stands behind a text. */
  readonly rows: Value;
  /** x times the matrix of that name. Shapes: float32[..., K] by [K, N]. */
  readonly multiply: (x: Value, name: string) => Value;
  /** The matrix itself, for what reads it in another way. */
  readonly parameter: (name: string) => Value;
}

/** A pretrained causal language model that can be run, be given adapters and be shipped with them merged. */
export interface Decoder {
  /** Shapes: [V, D]. */
  readonly embeddings: Tensor<'float32'>;
  /** The matrices of its layers, by name. Shapes: each [K, N]. */
  readonly products: ReadonlyMap<string, Tensor<'float32'>>;
  /** Names of those that may be changed: stored by themselves and read in one place. */
  readonly adaptable: readonly string[];
  readonly head: Head;
  readonly cache: Cache;
  readonly tokenInputs: TokenInputs;
  /**
   * Appends the model, head aside, and gives one vector a token. A token sees itself and what stands before it, so
   * padding behind a text changes nothing of it, and needs no mask.
   */
  buildForward(inputs: DecoderInputs): Promise<Value>;
  /** The model as it was given, with these added to its matrices. Shapes: each [K, N], as in `products`. */
  withAdded(changes: ReadonlyMap<string, Float32Array>): Uint8Array;
}

/**
 * Reads a causal language model into the compiler's operators; whoever takes it from a folder compares it with the
 * original (`verifyDecoder`).
 * @throws AppError `onnx.malformed`, `onnx.unsafe`, `onnx.unsupported`
 */
export async function readDecoder(bytes: Uint8Array): Promise<Decoder> {
  const summary = scanModel(bytes);
  refuseQuantised(summary);
  const original = summary.model;
  const cache = readCache(original);
  const tokenInputs = readTokenInputs(original, cache);
  const whole = raiseOpset(readImportedModel(original));
  if (!whole.outputs.includes('logits'))
    throw new AppError(
      'onnx.unsupported',
      'The model gives no "logits". Export it for text generation with past.',
    );
  const feeds = (batch: number, length: number) => ({
    ...tokenFeeds(tokenInputs, { ids: new Uint8Array(batch * length), batch, length, past: 0 }),
    ...emptyCache(cache, batch),
  });
  const samples = ruleBatches.map(({ batch, length }) => feeds(batch, length));
  const values = await runForValues(original, namesOf(original), samples);
  const types = typesOf(values.map((run, i) => ({ ...run, ...samples[i] })));
  const shapes = learnShapes(values);
  const ranks = new Map([...types].map(([name, { shape }]) => [name, shape.length]));

  const plain = rewriteModel({ ...whole, outputs: ['logits'] }, types, cache);
  const { model: folded, transposed } = foldTransposes(dropIdentities(keepLive(plain)));
  const fused = fuse(folded, ranks);
  const cut = cutEmbedding(fused, ['Shape', 'Size']);
  const { model, head } = cutHead(cut.model);
  const products = productsOf(model, cut.rowsName);
  const ofRows = descendants(model, [cut.rowsName]);
  refuseWalls(model, ofRows, new Map([...types].map(([name, { type }]) => [name, type])));
  refuseUnknown(model, ofRows);
  const shapeValues = valuesBeside(model, [cut.rowsName, ...products.keys()]);
  const body: CutModel = { ...cut, model };
  const sources = sourcesOf(original, products, transposed);

  return {
    embeddings: cut.embeddings,
    products,
    adaptable: [...sources.keys()],
    head,
    cache,
    tokenInputs,
    async buildForward({ rows, multiply, parameter }) {
      const [batch, length] = rows.shape as readonly [number, number]; // as asked for
      const names = namesToFold(model, shapeValues);
      const stated = stateShapes(fused, shapes, { batch, length });
      const upstream = keepLive({ ...stated, outputs: names });
      const proto = toProto(upstream, original) as Message<'Model'>; // what is left out is not read
      const [constants = {}] = await runForValues(proto, names, [
        pickInputs(feeds(batch, length), upstream),
      ]);
      return compileNodes(
        body,
        { parameters: products, shapeValues },
        {
          graph: rows.graph,
          parameter,
          multiply,
          given: new Map([[cut.rowsName, rows]]),
          constants,
          types: new Map(),
        },
      );
    },
    withAdded: (changes) => addTo(original, sources, products, changes),
  };
}

function namesOf({ graph }: Message<'Model'>): readonly string[] {
  const names = new Set(graph?.nodes.flatMap(({ outputs }) => outputs));
  return [...names].filter((name) => name !== '');
}

/** The matrices that vectors of tokens are multiplied by. */
function productsOf(
  model: ImportedModel,
  rowsName: string,
): ReadonlyMap<string, Tensor<'float32'>> {
  const ofRows = descendants(model, [rowsName]);
  const products = new Map<string, Tensor<'float32'>>();
  for (const { type, inputs } of model.nodes) {
    const [x = '', name = ''] = inputs;
    const tensor = model.tensors.get(name);
    if (
      type === 'MatMul' &&
      ofRows.has(x) &&
      tensor?.type === 'float32' &&
      tensor.dims.length === 2
    )
      products.set(name, tensor as Tensor<'float32'>); // just looked at
  }
  return products;
}

/** What the shape of a batch decides, and a node that a gradient passes reads. */
function namesToFold(model: ImportedModel, shapeValues: ReadonlySet<string>): readonly string[] {
  const passed = model.nodes.filter(
    ({ outputs }) => !outputs.every((name) => shapeValues.has(name)),
  );
  const read = new Set(passed.flatMap(({ inputs }) => inputs));
  return [...read].filter((name) => shapeValues.has(name));
}

function pickInputs(
  all: Readonly<Record<string, Tensor>>,
  { nodes, inputs }: ImportedModel,
): Record<string, Tensor> {
  const read = new Set(nodes.flatMap((node) => node.inputs));
  return Object.fromEntries(
    inputs.filter((name) => read.has(name)).map((name) => [name, all[name]!]), // all inputs are fed
  );
}

/** A matrix as it is stored. */
interface Source {
  readonly name: string;
  readonly isTransposed: boolean;
}

/** The stored weights behind matrices, where nothing else reads them. */
function sourcesOf(
  { graph }: Message<'Model'>,
  products: ReadonlyMap<string, Tensor>,
  transposed: ReadonlyMap<string, string>,
): ReadonlyMap<string, Source> {
  const readers = new Map<string, number>();
  for (const { inputs } of graph?.nodes ?? [])
    for (const name of inputs) readers.set(name, (readers.get(name) ?? 0) + 1);
  const stored = new Set(graph?.initialisers.map(({ name }) => name));
  const sources = new Map<string, Source>();
  for (const product of products.keys()) {
    const name = transposed.get(product) ?? product;
    if (stored.has(name) && readers.get(name) === 1)
      sources.set(product, { name, isTransposed: transposed.has(product) });
  }
  return sources;
}

/** The original with changed weights; everything else of it stays as it is. */
function addTo(
  original: Message<'Model'>,
  sources: ReadonlyMap<string, Source>,
  products: ReadonlyMap<string, Tensor<'float32'>>,
  changes: ReadonlyMap<string, Float32Array>,
): Uint8Array {
  const changed = new Map<string, Tensor<'float32'>>();
  for (const [product, change] of changes) {
    const { dims, data } = products.get(product)!; // a change is of a product
    const sum = createTensor(
      'float32',
      dims,
      data.map((value, i) => value + change[i]!),
    );
    const { name, isTransposed } = sources.get(product)!; // changes are of adaptable ones
    changed.set(name, isTransposed ? transpose(sum) : sum);
  }
  const { graph } = original;
  return encodeModel({
    ...original,
    graph: {
      ...graph,
      initialisers: (graph?.initialisers ?? []).map((proto) => {
        const tensor = changed.get(proto.name ?? '');
        return tensor ? toTensorProto(proto.name ?? '', tensor) : proto;
      }),
    },
  });
}
