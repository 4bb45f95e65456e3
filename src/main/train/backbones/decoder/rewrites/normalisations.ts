import { numberOf, type Rewrite } from './rewrite.ts';

/** ONNX's own, since opset 23. */
export const rmsNormalization: Rewrite = (node, draft) => {
  draft.make(node.outputs[0] ?? '', 'SimplifiedLayerNormalization', node.inputs, {
    axis: numberOf(node, 'axis', -1),
    epsilon: numberOf(node, 'epsilon', 1e-5),
  });
  return true;
};

/**
 * s = x + skip + bias; y = norm(s). Outputs: y, two that only a gradient of their own would read, s.
 * @see https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.SkipSimplifiedLayerNormalization
 */
export const skipSimplifiedLayerNormalization: Rewrite = (node, draft) => {
  const [x = '', skip = '', scale = '', bias = ''] = node.inputs;
  const [output = '', , , total = ''] = node.outputs;
  const sum = addAll(draft, total, bias === '' ? [x, skip] : [x, skip, bias]);
  draft.make(output, 'SimplifiedLayerNormalization', [sum, scale], {
    axis: -1,
    epsilon: numberOf(node, 'epsilon', 1e-12),
  });
  return true;
};

/** The same with a mean taken off. Inputs: x, skip, γ, β, bias. */
export const skipLayerNormalization: Rewrite = (node, draft) => {
  const [x = '', skip = '', scale = '', shift = '', bias = ''] = node.inputs;
  const [output = '', , , total = ''] = node.outputs;
  const sum = addAll(draft, total, bias === '' ? [x, skip] : [x, skip, bias]);
  draft.make(output, 'LayerNormalization', shift === '' ? [sum, scale] : [sum, scale, shift], {
    axis: -1,
    epsilon: numberOf(node, 'epsilon', 1e-12),
  });
  return true;
};

/** The sum of two or three values, by the name `output` if there is one. */
function addAll(
  draft: Parameters<Rewrite>[1],
  output: string,
  [a, b, c]: readonly string[],
): string {
  const pair = c === undefined ? [a!, b!] : [draft.add('Add', [a!, b!]), c]; // two at least
  if (output === '') return draft.add('Add', pair);
  draft.make(output, 'Add', pair);
  return output;
}
