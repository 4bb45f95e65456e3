/**
 * What transformers.js asks of a classifier. The type stands for what is fed and read: `input_ids` and
 * `attention_mask` in, `logits` out; the network itself is all in the ONNX file.
 */
export function toConfigJson(classes: readonly string[]): string {
  return JSON.stringify({
    model_type: 'bert',
    architectures: ['BertForSequenceClassification'],
    id2label: Object.fromEntries(classes.map((label, index) => [index, label])),
    label2id: Object.fromEntries(classes.map((label, index) => [label, index])),
  });
}
