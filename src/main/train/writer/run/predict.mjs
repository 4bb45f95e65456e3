// Writes a draft for each text with this student, without Stillroom.
// Needs: npm install onnxruntime-node @huggingface/tokenizers
//   node run/predict.mjs "a text" "another"      or one text a line on standard input
// Prints {output, isWhole, unproven, route} for each, one line of JSON: `output` is a draft for a person, `isWhole` is
// false when it was cut off, `unproven` names words with a digit, an @ or an address that the text does not give.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const pathOf = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(pathOf(name), 'utf8'));

// A mark of the model that stands in a text is parted by a space, so that no text can end its own message.
const partMarks = (text, marks) =>
  marks.reduce((parted, mark) => parted.replaceAll(mark, `${mark[0]} ${mark.slice(1)}`), text);

// Words that state something which neither the text nor the house gives: to be looked at first.
const listUnproven = (text, draft, known) =>
  draft
    .split(/\s+/u)
    .map((word) => word.replace(/^[("'[]+|[)"'\].,;:!?]+$/gu, ''))
    .filter((word) => /[0-9@]|:\/\//u.test(word) && !text.includes(word) && !known.includes(word));

export async function createStudent() {
  const { default: ort } = await import('onnxruntime-node');
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const settings = readJson('writer.json');
  const { cache, tokenInputs, marks, house } = settings;
  const tokenizer = new Tokenizer(readJson('tokenizer.json'), readJson('tokenizer_config.json'));
  const session = await ort.InferenceSession.create(pathOf('model.onnx'));

  const integers = (dims, values) =>
    tokenInputs.type === 'int32'
      ? new ort.Tensor('int32', Int32Array.from(values), dims)
      : new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);

  // Reads tokens after those that are kept; the scores of the next one, and what is kept then.
  async function read(ids, past, kept) {
    const all = {
      input_ids: () => integers([1, ids.length], ids),
      attention_mask: () => integers([1, past + ids.length], Array(past + ids.length).fill(1)),
      position_ids: () =>
        integers(
          [1, ids.length],
          ids.map((_, i) => past + i),
        ),
      num_logits_to_keep: () => integers([], [0]),
    };
    const tokens = Object.fromEntries(tokenInputs.names.map((name) => [name, all[name]()]));
    const outputs = await session.run({ ...tokens, ...kept });
    const { data, dims } = outputs.logits;
    return {
      scores: data.subarray(data.length - dims[2]),
      kept: Object.fromEntries(cache.inputs.map((name, i) => [name, outputs[cache.outputs[i]]])),
    };
  }

  // The likeliest token again and again.
  return async (text, context = null) => {
    const given = (context ? `${context}\n\n${text}` : text).trim();
    const own = tokenizer.encode(partMarks(given, marks), { add_special_tokens: false }).ids;
    let ids = [...settings.before, ...own, ...settings.after];
    const most = Math.min(settings.mostTokens, settings.maxLength - ids.length);
    const nothing = new ort.Tensor('float32', new Float32Array(0), [
      1,
      cache.heads,
      0,
      cache.width,
    ]);
    let kept = Object.fromEntries(cache.inputs.map((name) => [name, nothing]));
    let past = 0;
    let isWhole = false;
    const said = [];
    while (said.length < most && !isWhole) {
      const step = await read(ids, past, kept);
      past += ids.length;
      kept = step.kept;
      let best = 0;
      for (let i = 1; i < step.scores.length; i++) if (step.scores[i] > step.scores[best]) best = i;
      isWhole = settings.stopIds.includes(best);
      if (!isWhole) said.push(best);
      ids = [best];
    }
    const options = { skip_special_tokens: true, clean_up_tokenization_spaces: false };
    const output = said.length > 0 ? tokenizer.decode(said, options).trim() : '';
    const unproven = listUnproven(given, output, house.words);
    return { output, isWhole, unproven, route: 'person' };
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const given = process.argv.slice(2);
  const texts = given.length > 0 ? given : readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const answer = await createStudent().catch(({ message }) => {
    process.stderr.write(`${message.split('\n')[0]}\n`);
    process.exit(1);
  });
  for (const text of texts) process.stdout.write(`${JSON.stringify(await answer(text))}\n`);
}
