/** "1 row", "12 rows", "2 entries": a count with its word in the right number. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
