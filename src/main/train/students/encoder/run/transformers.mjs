// Answers texts with the text-classification pipeline of transformers.js. Needs: npm install @huggingface/transformers
//   node run/transformers.mjs "a text" "another"
// Prints {label, score} for each, one line of JSON. It knows no context and no router.json.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

export async function createPipeline(options = {}) {
  const { env, pipeline } = await import('@huggingface/transformers');
  env.allowRemoteModels = false; // everything is in this folder
  env.allowLocalModels = true;
  env.localModelPath = '';
  const { model } = JSON.parse(readFileSync(new URL('../student.json', import.meta.url), 'utf8'));
  return pipeline('text-classification', fileURLToPath(new URL('..', import.meta.url)), {
    subfolder: '',
    model_file_name: model.replace('.onnx', ''),
    dtype: 'fp32',
    ...options,
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const classify = await createPipeline();
  for (const text of process.argv.slice(2)) {
    const [best] = await classify(text);
    process.stdout.write(`${JSON.stringify(best)}\n`);
  }
}
