import { type Draft, numberOf, type Rewrite } from './rewrite.ts';

/** y = x σ(α x): SiLU where α is 1. */
export const quickGelu: Rewrite = (node, draft) => {
  const [x = ''] = node.inputs;
  const alpha = numberOf(node, 'alpha', 1.702);
  const scaled = alpha === 1 ? x : draft.add('Mul', [x, draft.scalar(alpha)]);
  draft.make(node.outputs[0] ?? '', 'Mul', [x, draft.add('Sigmoid', [scaled])]);
  return true;
};

/** y = ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), with a bias on x where there is one. */
export const fastGelu: Rewrite = (node, draft) => {
  const [given = '', bias = ''] = node.inputs;
  tanhGelu(draft, node.outputs[0] ?? '', bias === '' ? given : draft.add('Add', [given, bias]));
  return true;
};

/** ONNX's own, since opset 20, where it is the one by tanh; the exact one is read as it is. */
export const gelu: Rewrite = (node, draft) => {
  if (node.attributes.approximate !== 'tanh') return false;
  tanhGelu(draft, node.outputs[0] ?? '', node.inputs[0] ?? '');
  return true;
};

function tanhGelu(draft: Draft, output: string, x: string): void {
  const cube = draft.add('Mul', [x, draft.add('Mul', [x, x])]);
  const sum = draft.add('Add', [x, draft.add('Mul', [cube, draft.scalar(0.044715)])]);
  const tanh = draft.add('Tanh', [draft.add('Mul', [sum, draft.scalar(Math.sqrt(2 / Math.PI))])]);
  const half = draft.add('Mul', [x, draft.scalar(0.5)]);
  draft.make(output, 'Mul', [half, draft.add('Add', [tanh, draft.scalar(1)])]);
}
