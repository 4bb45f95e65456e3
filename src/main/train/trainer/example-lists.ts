/** Lists of different lengths, one after the other: list i goes from starts[i] up to starts[i + 1]. */
interface Lists {
  readonly starts: Int32Array;
}

/** Rows to learn from or to measure on; a training has tokens, n-grams or both. */
export interface Examples {
  readonly count: number;
  /** How much each row counts. Shapes: [N]. */
  readonly weights: Float32Array;
  /** Probabilities of classes; what is not listed is 0. */
  readonly targets: Lists & { readonly classes: Int32Array; readonly shares: Float32Array };
  /** `words`: the word that each token is a piece of, -1 for none. */
  readonly tokens?: Lists & { readonly ids: Int32Array; readonly words?: Int32Array };
  readonly ngrams?: Lists & { readonly ids: Int32Array; readonly weights: Float32Array };
  /** The tag of each word; none where the tags of a row are not known. */
  readonly tags?: Lists & { readonly ids: Int32Array };
  /** Which heads a row teaches, and which of their columns are right. */
  readonly asked?: Lists & { readonly ids: Int32Array };
  readonly answers?: Lists & { readonly ids: Int32Array };
  /** Of texts that are continued, the place of the first token that is to be said, 1 at least. Shapes: [N]. */
  readonly saidFrom?: Int32Array;
}
