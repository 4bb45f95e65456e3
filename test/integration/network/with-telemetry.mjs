// The control of network.test.ts: ONNX Runtime as it comes, with its telemetry on. Makes a session and waits.
import { createRequire } from 'node:module';

const ort = createRequire(import.meta.url)('onnxruntime-node');
const bytes = (field, content) => [(field << 3) | 2, content.length, ...content];
const text = (field, value) => bytes(field, [...Buffer.from(value)]);
const number = (field, value) => [field << 3, value];
// y = Identity(x), one float
const type = bytes(2, bytes(1, [...number(1, 1), ...bytes(2, bytes(1, number(1, 1)))]));
const node = [...text(1, 'x'), ...text(2, 'y'), ...text(4, 'Identity')];
const graph = [
  ...bytes(1, node),
  ...text(2, 'g'),
  ...bytes(11, [...text(1, 'x'), ...type]),
  ...bytes(12, [...text(1, 'y'), ...type]),
];
const model = Uint8Array.from([...number(1, 8), ...bytes(7, graph), ...bytes(8, number(2, 13))]);

await ort.InferenceSession.create(model);
process.stdout.write('session made\n');
await new Promise((resolve) => setTimeout(resolve, 40_000));
