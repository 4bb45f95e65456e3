const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Sorts the first `count` keys, and the values with them, in place; stable and linear. */
export function radixSort(keys: Uint32Array, values: Uint32Array, count: number): void {
  let fromKeys: Uint32Array = keys.subarray(0, count);
  let fromValues: Uint32Array = values.subarray(0, count);
  let toKeys: Uint32Array = new Uint32Array(count);
  let toValues: Uint32Array = new Uint32Array(count);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    const offsets = new Uint32Array(DIGITS + 1);
    for (let i = 0; i < count; i++) offsets[((fromKeys[i]! >>> shift) & (DIGITS - 1)) + 1]!++;
    for (let digit = 0; digit < DIGITS; digit++) offsets[digit + 1]! += offsets[digit]!;
    for (let i = 0; i < count; i++) {
      const at = offsets[(fromKeys[i]! >>> shift) & (DIGITS - 1)]!++;
      toKeys[at] = fromKeys[i]!;
      toValues[at] = fromValues[i]!;
    }
    [fromKeys, toKeys] = [toKeys, fromKeys];
    [fromValues, toValues] = [toValues, fromValues];
  }
  if (fromKeys.buffer !== keys.buffer) {
    keys.set(fromKeys);
    values.set(fromValues);
  }
}
