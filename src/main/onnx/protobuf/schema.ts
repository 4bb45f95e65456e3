/** How a field is stored: a scalar of Protocol Buffers or another message of the table below. */
export interface Field {
  readonly id: number;
  readonly type: string;
  readonly isRepeated: boolean;
}

const one = <T extends string>(id: number, type: T) => ({ id, type, isRepeated: false }) as const;
const many = <T extends string>(id: number, type: T) => ({ id, type, isRepeated: true }) as const;

/**
 * Every message of the ONNX format that we read or write, by field number. `safe64` is an int64 that must fit a
 * JavaScript number; `int64` keeps all its bits.
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3
 */
export const schema = {
  Model: {
    irVersion: one(1, 'safe64'),
    producerName: one(2, 'string'),
    producerVersion: one(3, 'string'),
    domain: one(4, 'string'),
    modelVersion: one(5, 'safe64'),
    docString: one(6, 'string'),
    graph: one(7, 'Graph'),
    opsetImport: many(8, 'OperatorSet'),
    metadata: many(14, 'Entry'),
    trainingInfo: many(20, 'bytes'),
    functions: many(25, 'Function'),
  },
  OperatorSet: { domain: one(1, 'string'), version: one(2, 'safe64') },
  Entry: { key: one(1, 'string'), value: one(2, 'string') },
  Graph: {
    nodes: many(1, 'Node'),
    name: one(2, 'string'),
    initialisers: many(5, 'Tensor'),
    docString: one(10, 'string'),
    inputs: many(11, 'ValueInfo'),
    outputs: many(12, 'ValueInfo'),
    valueInfo: many(13, 'ValueInfo'),
    sparseInitialisers: many(15, 'bytes'),
    metadata: many(16, 'Entry'),
  },
  Node: {
    inputs: many(1, 'string'),
    outputs: many(2, 'string'),
    name: one(3, 'string'),
    type: one(4, 'string'),
    attributes: many(5, 'Attribute'),
    docString: one(6, 'string'),
    domain: one(7, 'string'),
    overload: one(8, 'string'),
  },
  Attribute: {
    name: one(1, 'string'),
    f: one(2, 'float'),
    i: one(3, 'safe64'),
    s: one(4, 'bytes'),
    t: one(5, 'Tensor'),
    g: one(6, 'Graph'),
    floats: many(7, 'float'),
    ints: many(8, 'safe64'),
    strings: many(9, 'bytes'),
    tensors: many(10, 'Tensor'),
    graphs: many(11, 'Graph'),
    docString: one(13, 'string'),
    type: one(20, 'int32'),
    refAttributeName: one(21, 'string'),
    sparseTensor: one(22, 'bytes'),
    sparseTensors: many(23, 'bytes'),
  },
  Function: {
    name: one(1, 'string'),
    inputs: many(4, 'string'),
    outputs: many(5, 'string'),
    nodes: many(7, 'Node'),
    opsetImport: many(9, 'OperatorSet'),
    domain: one(10, 'string'),
  },
  Tensor: {
    dims: many(1, 'safe64'),
    dataType: one(2, 'int32'),
    floatData: many(4, 'float'),
    int32Data: many(5, 'int32'),
    stringData: many(6, 'bytes'),
    int64Data: many(7, 'int64'),
    name: one(8, 'string'),
    rawData: one(9, 'bytes'),
    doubleData: many(10, 'double'),
    uint64Data: many(11, 'int64'),
    docString: one(12, 'string'),
    externalData: many(13, 'Entry'),
    dataLocation: one(14, 'int32'),
  },
  ValueInfo: { name: one(1, 'string'), type: one(2, 'Type'), docString: one(3, 'string') },
  Type: { tensor: one(1, 'TensorType'), denotation: one(6, 'string') },
  TensorType: { elementType: one(1, 'int32'), shape: one(2, 'Shape') },
  Shape: { dims: many(1, 'Dimension') },
  Dimension: { value: one(1, 'safe64'), parameter: one(2, 'string') },
} as const satisfies Record<string, Record<string, Field>>;

type Schema = typeof schema;
export type MessageName = keyof Schema;

interface Scalars {
  readonly safe64: number;
  readonly int64: bigint;
  readonly int32: number;
  readonly float: number;
  readonly double: number;
  readonly string: string;
  readonly bytes: Uint8Array;
}
export type ScalarName = keyof Scalars;

interface Arrays {
  readonly int64: BigInt64Array;
  readonly int32: Int32Array;
  readonly float: Float32Array;
  readonly double: Float64Array;
}

type One<T> = T extends keyof Scalars ? Scalars[T] : T extends MessageName ? Message<T> : never;
type Many<T> = T extends keyof Arrays ? Arrays[T] : readonly One<T>[];
type OneDraft<T> = T extends keyof Scalars ? Scalars[T] : T extends MessageName ? Draft<T> : never;
type ManyDraft<T> = T extends keyof Arrays ? Arrays[T] : readonly OneDraft<T>[];
type Repeated<N extends MessageName> = {
  [K in keyof Schema[N]]: Schema[N][K] extends { isRepeated: true } ? K : never;
}[keyof Schema[N]];
type TypeOf<F> = F extends { type: infer T } ? T : never;

/** A decoded message: single fields are absent when the file has none, repeated ones are empty. */
export type Message<N extends MessageName> = {
  readonly [K in Exclude<keyof Schema[N], Repeated<N>>]?: One<TypeOf<Schema[N][K]>>;
} & { readonly [K in Repeated<N>]: Many<TypeOf<Schema[N][K]>> };

/** A message to encode: everything may be left out. */
export type Draft<N extends MessageName> = {
  readonly [K in Exclude<keyof Schema[N], Repeated<N>>]?: OneDraft<TypeOf<Schema[N][K]>>;
} & { readonly [K in Repeated<N>]?: ManyDraft<TypeOf<Schema[N][K]>> };

/** The fields of a message without their types, for code that walks the table. */
export function fieldsOf(name: MessageName): Readonly<Record<string, Field>> {
  return schema[name];
}

export function isMessageName(type: string): type is MessageName {
  return Object.hasOwn(schema, type);
}
