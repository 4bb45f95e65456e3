/** One numbered step of the schema. Once released it never changes. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
