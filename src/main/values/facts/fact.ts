import type { Span } from '../alignment.ts';
import type { Reading } from '../normaliser/reader.ts';

/** What can be looked up to be right or wrong; `code` is an order number, an account, a telephone number. */
export type FactKind = 'email' | 'url' | 'code' | 'date' | 'time' | 'number';

/** A stretch of a text that states a fact. */
export interface Fact extends Span {
  readonly kind: FactKind;
  /** As it stands in the text. */
  readonly surface: string;
  /** Equal for facts that are written alike but for case, spaces and punctuation. */
  readonly key: string;
  /** Of dates, times and numbers. */
  readonly reading?: Reading;
}
