import { rotate } from './heads.ts';
import { numberOf, type Rewrite } from './rewrite.ts';

/**
 * Rotation by place. Inputs: x [B, L, H d] or [B, H, L, d], places [B, L], cosines and sines [P, r/2].
 * @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.RotaryEmbedding
 */
export const rotaryEmbedding: Rewrite = (node, draft) => {
  const [x = '', positions = '', cosines = '', sines = ''] = node.inputs;
  if (numberOf(node, 'interleaved', 0) === 1) draft.refuse('rotates neighbours instead of halves');
  if (numberOf(node, 'scale', 1) !== 1) draft.refuse('scales its places');
  if (draft.rank(positions) !== 2) draft.refuse('has no place for each token');
  const turned = 2 * (draft.dims(cosines)[1] ?? 0);
  const width = draft.headWidth();
  if (turned === 0 || turned > width) draft.refuse('has no table of cosines that fits its heads');
  const hasHeads = draft.rank(x) === 4;
  // [B, L, r/2] with an axis for the heads, where x has its own.
  const [cos, sin] = [cosines, sines].map((table) =>
    draft.add('Unsqueeze', [
      draft.add('Gather', [table, positions], { axis: 0 }),
      draft.integers([hasHeads ? 1 : 2]),
    ]),
  );
  const parted = hasHeads ? x : draft.add('Reshape', [x, draft.integers([0, 0, -1, width])]);
  const rotated = rotate(draft, parted, cos!, sin!, { turned, width }); // a pair
  if (hasHeads) draft.make(node.outputs[0] ?? '', 'Identity', [rotated]);
  else draft.make(node.outputs[0] ?? '', 'Reshape', [rotated, draft.integers([0, 0, -1])]);
  return true;
};
