/** What a package that is handed on asks of who hands it on. */
export interface Licence {
  readonly name: string;
  readonly version: string;
  /** An SPDX name. */
  readonly licence: string;
  /** The licence's own words, with its copyright notices. */
  readonly text: string;
}
