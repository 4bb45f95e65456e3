import { numberOf, type Rewrite } from './rewrite.ts';

/** Keys and values of what came before, of which a training has none, joined with those of the text. */
export const concat: Rewrite = (node, draft) => {
  const present = node.inputs.filter((name) => !draft.isPast(name));
  if (present.length === node.inputs.length) return false;
  if (present.length !== 1) draft.refuse('joins a past with more than the text');
  draft.make(node.outputs[0] ?? '', 'Identity', present);
  return true;
};

/** ONNX's code of float32. */
const FLOAT = 1;

/** Exporters guard their float32 by casts to float32. */
export const cast: Rewrite = (node, draft) => {
  const [x = ''] = node.inputs;
  if (numberOf(node, 'to', 0) !== FLOAT || !draft.isFloat(x)) return false;
  draft.make(node.outputs[0] ?? '', 'Identity', [x]);
  return true;
};

/** Where(IsNaN(p), 0, p) after a softmax: no row of ours is masked as a whole, so there is none. */
export const where: Rewrite = (node, draft) => {
  const [condition = '', , other = ''] = node.inputs;
  const test = draft.maker(condition);
  if (test?.type !== 'IsNaN' || test.inputs[0] !== other) return false;
  draft.make(node.outputs[0] ?? '', 'Identity', [other]);
  return true;
};

/** A layer of GPT-2's kind: y = x W + b, and with a flag y = x Wᵀ + b. */
export const gemm: Rewrite = (node, draft) => {
  const [x = '', weight = '', bias = ''] = node.inputs;
  const isPlain =
    numberOf(node, 'alpha', 1) === 1 &&
    numberOf(node, 'beta', 1) === 1 &&
    numberOf(node, 'transA', 0) === 0 &&
    draft.dims(weight).length === 2;
  if (!isPlain) return false;
  const matrix =
    numberOf(node, 'transB', 0) === 1 ? draft.add('Transpose', [weight], { perm: [1, 0] }) : weight;
  const output = node.outputs[0] ?? '';
  if (bias === '') draft.make(output, 'MatMul', [x, matrix]);
  else draft.make(output, 'Add', [draft.add('MatMul', [x, matrix]), bias]);
  return true;
};
