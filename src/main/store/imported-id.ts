/** SQL for the id of an example as it came in: a number where all ids of its file were numbers. */
export function importedId(alias: string): string {
  return `CASE WHEN (SELECT s.has_numeric_ids FROM source s WHERE s.id = ${alias}.source_id) = 1
    THEN CAST(${alias}.external_id AS NUMERIC) ELSE ${alias}.external_id END`;
}
