/** rounded = round(w / scale) with scale = max |w| / 127 of the column. Shapes: rounded [R, C], scales [C]. */
export function roundColumns(table: Float32Array, columns: number) {
  const scales = new Float32Array(columns);
  for (let i = 0; i < table.length; i++) {
    const c = i % columns;
    scales[c] = Math.max(scales[c]!, Math.abs(table[i]!) / 127);
  }
  const rounded = new Int8Array(table.length);
  for (let i = 0; i < table.length; i++) {
    const scale = scales[i % columns]!;
    if (scale > 0) rounded[i] = Math.max(-127, Math.min(127, Math.round(table[i]! / scale)));
  }
  return { rounded, scales };
}
