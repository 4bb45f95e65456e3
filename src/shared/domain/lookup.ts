/**
 * A table from which a field is filled: a student never learns the field, it reads another field of the same output and
 * looks the value up beside it. Fields by their names in the form.
 */
export interface Lookup {
  /** Of the table, unique in a project. */
  readonly name: string;
  readonly field: string;
  readonly by: string;
  /** Columns of the file that the table came from. */
  readonly keyColumn: string;
  readonly valueColumn: string;
}

/**
 * The different values that a table has beside a folded key: none, one, or several where it is ambiguous. A table of
 * the same name that fills another field, or by other columns, is another table and says nothing.
 */
export type FindInTable = (table: Lookup, key: string) => readonly string[];

export const findNothing: FindInTable = () => [];

const isSameLookup = (a: Lookup, b: Lookup): boolean =>
  a.name === b.name &&
  a.field === b.field &&
  a.by === b.by &&
  a.keyColumn === b.keyColumn &&
  a.valueColumn === b.valueColumn;

/** The tables that a student's fields are filled from and that are not among those at hand. */
export const lackingLookups = (needed: readonly Lookup[], atHand: readonly Lookup[]): Lookup[] =>
  needed.filter((lookup) => !atHand.some((own) => isSameLookup(own, lookup)));

/** A field as a message names it, and where its value comes from. */
export const tellLookup = ({ name, field, by }: Pick<Lookup, 'name' | 'field' | 'by'>) =>
  `${field}: filled from table ${name} by ${by}`;
