const MAX_PLACES = 2;

/** Whether moving one element by at most two places makes two sequences equal. */
export function isOneMove(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const first = a.findIndex((word, i) => word !== b[i]);
  if (first < 0) return false;
  const last = a.findLastIndex((word, i) => word !== b[i]);
  if (last - first > MAX_PLACES) return false;
  const [x, y] = [a.slice(first, last + 1), b.slice(first, last + 1)];
  return isRotation(x, y) || isRotation(y, x);
}

/** Whether y is x with its first element put last. */
function isRotation(x: readonly string[], y: readonly string[]): boolean {
  return x[0] === y.at(-1) && x.slice(1).every((word, i) => word === y[i]);
}
