/** A column of a table, as machines are told of it. */
export interface Column {
  readonly name: string;
  readonly description: string;
  /** The values by number, where a whole number stands for one of them; else the column is text. */
  readonly classes?: readonly string[];
}
