import type { Value } from '../../onnx/graph/graph.ts';
import type { Tensor } from '../../onnx/tensor.ts';

/** A stretch of a text. Units: UTF-16 units, `end` exclusive. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** The ids of a text whose words were given, and where each word's first piece lies; -1 past the maximum length. */
export interface WordPieces {
  readonly ids: Int32Array;
  readonly firstPieces: Int32Array;
  /** Where the last word's pieces end: behind them stands what is put around a text. */
  readonly end: number;
}

/** Text to ids as the pretrained weights expect them, special tokens included, cut at the maximum length. */
export interface TextTokenizer {
  /** Longest result, in ids. */
  readonly maxLength: number;
  encode(text: string): Int32Array;
  /** Each word on its own, so that no piece belongs to two words: what a tagger needs. */
  encodeWords(text: string, words: readonly TextSpan[]): WordPieces;
}

/** The tokenizer of an encoder, with what a student needs of it. */
export interface BackboneTokenizer extends TextTokenizer {
  /** Files that a student folder carries so that others can tokenise without Stillroom, by path; programs among them. */
  files(): ReadonlyMap<string, Uint8Array>;
}

/** What the forward pass is built from. */
export interface ForwardInputs {
  /** Embedding rows of the ids, zeros at padding. Shapes: float32[B, L, E]. */
  readonly rows: Value;
  /** 1 for a token, 0 for padding. Shapes: float32[B, L]. */
  readonly mask: Value;
  /** The value that stands for a parameter, asked once each: an input while training, an initialiser in an exported model. */
  readonly parameter: (name: string) => Value;
  /**
   * How x is multiplied by the parameter of that name, where an exported model does it in its own way; left out, as by
   * `matMul(x, parameter(name))`. Shapes: float32[..., K] by [K, N].
   */
  readonly multiply?: ((x: Value, name: string) => Value) | undefined;
}

/** Shapes: sentence float32[B, S]; tokens float32[B, L, D], meaningless at padding. */
export interface ForwardOutputs {
  readonly sentence: Value;
  readonly tokens: Value;
}

/**
 * A pretrained encoder that can be run, fine-tuned and shipped inside a student.
 *
 * The embedding table stays outside the graph. The trainer gathers the rows of a batch (`gatherRows`),
 * feeds them as `rows`, asks the compiler for dL/d(rows) and adds it to the table row by row. Parameters
 * are inputs of the training graph, so one array serves the graphs of all lengths, and frozen ones are
 * simply not asked for a gradient. Matrices decay, vectors (biases, LayerNorm) do not.
 *
 * An exported student has table and parameters as initialisers and begins
 * `rows = Gather(table, input_ids)`, `mask = Cast(attention_mask)`, with B and L left as names; that is
 * why `buildForward` reads sizes from `rows` and accepts names for them. Padding has id 0 and mask 0;
 * what stands at padding never reaches another token or the sentence. An int8 variant multiplies by
 * rounded matrices (`multiply`) and gathers the table as int8, to be scaled after.
 *
 * The arrays are the loaded ones: a trainer copies what it will change.
 */
export interface Backbone {
  readonly id: string;
  /** S, the width of the sentence vector. */
  readonly sentenceWidth: number;
  /** D, the width of the token vectors. */
  readonly tokenWidth: number;
  /** Longest input, in tokens. */
  readonly maxLength: number;
  /** What usual learning rates of the encoder are multiplied by: the more it was pretrained, the less it should move. */
  readonly learningRateScale: number;
  readonly tokenizer: BackboneTokenizer;
  /** Shapes: float32[V, E]. */
  readonly embeddings: Tensor<'float32'>;
  readonly parameters: ReadonlyMap<string, Tensor<'float32'>>;
  /** Appends the encoder to the graph that the inputs belong to. A promise, since an imported one runs to learn its shapes. */
  buildForward(inputs: ForwardInputs): Promise<ForwardOutputs>;
  /** What the student's card says of where the weights come from. */
  readonly provenance: { readonly name: string; readonly licence: string; readonly sha256: string };
}

/** A kind of backbone: the bundled one, or a reader of encoders in a folder that the user points at. */
export interface BackboneKind {
  readonly id: string;
  readonly title: string;
  /** Whether `load` needs the folder. */
  readonly needsFolder: boolean;
  load(options: { readonly folder?: string }): Promise<Backbone>;
}

/** Declares a kind of backbone for the registry. */
export const defineBackbone = (kind: BackboneKind): BackboneKind => kind;
