import { attend, causalMask, toHeads } from './heads.ts';
import { numberOf, type Rewrite } from './rewrite.ts';

/**
 * Attention whose heads have a key each. Inputs: query, key, value [B, L, H d], bias, mask of padding, bias of the
 * scores, past keys and values.
 * @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MultiHeadAttention
 */
export const multiHeadAttention: Rewrite = (node, draft) => {
  const [query = '', key = '', value = '', bias = '', padding = '', scoreBias = ''] = node.inputs;
  const heads = numberOf(node, 'num_heads', 0);
  const isPlain = [query, key, value].every((name) => draft.rank(name) === 3);
  if (heads === 0 || !isPlain)
    draft.refuse('takes its parts in another shape than one vector a token');
  if (bias !== '') draft.refuse('adds a bias of its own');
  if (padding !== '') draft.refuse('has a mask of padding of its own');
  const isCausal = numberOf(node, 'unidirectional', 0) === 1;
  const masks = [
    ...(scoreBias === '' ? [] : [draft.add('Unsqueeze', [scoreBias, draft.integers([2])])]),
    ...(isCausal ? [causalMask(draft)] : []),
  ];
  const [first, second] = masks;
  attend(draft, node.outputs[0] ?? '', {
    query: toHeads(draft, query, heads, 1),
    key: toHeads(draft, key, heads, 1),
    value: toHeads(draft, value, heads, 1),
    scale: numberOf(node, 'scale', 0),
    width: draft.headWidth(),
    // Two masks that broadcast are one more.
    mask: first && second ? draft.add('Add', [first, second]) : first,
  });
  return true;
};
