import { attend, causalMask, positions, rotate, toHeads } from './heads.ts';
import { type Draft, numberOf, type Rewrite } from './rewrite.ts';

/**
 * Attention in which G query heads share a key head, with rotation inside.
 * Inputs: query [B, L, H d], key and value [B, L, K d] (or all three side by side in the first), past keys and values,
 * lengths, cosines and sines [P, r/2].
 * @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.GroupQueryAttention
 */
export const groupQueryAttention: Rewrite = (node, draft) => {
  const [query = '', key = '', value = '', , , , , cosines = '', sines = '', ...more] = node.inputs;
  const heads = numberOf(node, 'num_heads', 0);
  const keys = numberOf(node, 'kv_num_heads', heads);
  const cases: readonly (readonly [boolean, string])[] = [
    [numberOf(node, 'local_window_size', -1) > 0, 'looks at a window only'],
    [numberOf(node, 'softcap', 0) !== 0, 'caps its scores'],
    [numberOf(node, 'smooth_softmax', 0) === 1, 'smooths its softmax'],
    [numberOf(node, 'rotary_interleaved', 0) === 1, 'rotates neighbours instead of halves'],
    // Positions (the first) are those that we count ourselves; a bias or sinks are not.
    [more.slice(1).some((name) => name !== ''), 'has a bias, sinks or scales'],
    [heads === 0 || heads % keys !== 0, 'does not say how many heads it has'],
  ];
  for (const [isSo, why] of cases) if (isSo) draft.refuse(why);

  const width = draft.headWidth();
  const group = heads / keys;
  const [q, k, v] =
    key === ''
      ? partPacked(draft, query, [heads * width, keys * width, keys * width])
      : [query, key, value];
  let queryHeads = toHeads(draft, q, keys, group);
  let keyHeads = toHeads(draft, k, keys, 1);
  if (numberOf(node, 'do_rotary', 0) === 1) {
    const turned = 2 * (draft.dims(cosines)[1] ?? 0);
    if (turned === 0 || turned > width) draft.refuse('has no table of cosines that fits its heads');
    const places = positions(draft);
    const [cos, sin] = [cosines, sines].map((table) =>
      draft.add('Gather', [table, places], { axis: 0 }),
    );
    const sizes = { turned, width };
    queryHeads = rotate(draft, queryHeads, cos!, sin!, sizes); // a pair
    keyHeads = rotate(draft, keyHeads, cos!, sin!, sizes);
  }
  attend(draft, node.outputs[0] ?? '', {
    query: queryHeads,
    key: keyHeads,
    value: toHeads(draft, v, keys, 1),
    scale: numberOf(node, 'scale', 0),
    width,
    mask: causalMask(draft),
  });
  return true;
};

/** Cuts the last axis into three. */
function partPacked(
  draft: Draft,
  x: string,
  widths: readonly [number, number, number],
): readonly [string, string, string] {
  const [a, b, c] = widths;
  const cut = (from: number, to: number) =>
    draft.add('Slice', [x, draft.integers([from]), draft.integers([to]), draft.integers([-1])]);
  return [cut(0, a), cut(a, a + b), cut(a + b, a + b + c)];
}
