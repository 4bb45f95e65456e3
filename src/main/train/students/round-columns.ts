/** The largest number of 8 bits whose negative has 8 bits, too. */
const LARGEST = 127;

/** rounded = round(w / scale) with scale = max |w| / largest of the column. Shapes: rounded [R, C], scales [C]. */
export function roundColumns(table: Float32Array, columns: number, largest = LARGEST) {
  const scales = new Float32Array(columns);
  for (let i = 0; i < table.length; i++) {
    const c = i % columns;
    scales[c] = Math.max(scales[c]!, Math.abs(table[i]!) / largest);
  }
  const rounded = new Int8Array(table.length);
  for (let i = 0; i < table.length; i++) {
    const scale = scales[i % columns]!;
    if (scale > 0)
      rounded[i] = Math.max(-largest, Math.min(largest, Math.round(table[i]! / scale)));
  }
  return { rounded, scales };
}
