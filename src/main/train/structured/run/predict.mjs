// Answers texts with this student, without Stillroom. Needs: npm install onnxruntime-node
//   node run/predict.mjs "a text" "another"      or one text a line on standard input
//   --table NAME=FILE.csv for each table that fills a field; its facts are not in this folder
// Prints {output, confidence, missing, route} for each, one line of JSON; `missing` names the fields that the text does
// not give, for which the output holds a value that says nothing. read.mjs says what stands in a text, assemble.mjs
// puts it together.
process.env.ORT_DISABLE_TELEMETRY = '1'; // onnxruntime-node reports its use unless told not to

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createAssembler } from './assemble.mjs';
import { createReader } from './read.mjs';
import { sayReply } from './reply.mjs';
import { checkTables, tellUnfilled } from './tables.mjs';

const folder = new URL('../', import.meta.url);
const readJson = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

// Who may give the answer.
export function decideRoute(router, { output, replyType, confidence, missing = [], outlierScore }) {
  if (!router) return 'unrouted';
  const mayAnswer =
    router.threshold !== null &&
    missing.length === 0 &&
    output !== '' && // no reply of the house fits
    confidence >= router.threshold &&
    !router.abstainLabels.includes(replyType ?? output?.name) &&
    (router.maxOutlierScore === null || outlierScore <= router.maxOutlierScore);
  return mayAnswer ? 'student' : router.fallback;
}

// `tables` names a CSV file for each table that fills a field.
export async function createStudent(tables = {}, decoder = readJson('decoder.json')) {
  checkTables(decoder, tables);
  const { outlier } = readJson('student.json');
  const router = existsSync(new URL('router.json', folder)) ? readJson('router.json') : undefined;
  const read = await createReader(folder, decoder);
  const assemble = createAssembler(decoder, outlier.unseenWeight, tables);
  return async (text, context = null, referenceDate = null) => {
    const parse = await read(text, context);
    const answer = sayReply(decoder.replies, assemble(parse, text, referenceDate));
    const { output, confidence, missing } = answer;
    return { output, confidence, missing, route: decideRoute(router, answer) };
  };
}

async function start() {
  const { values, positionals } = parseArgs({
    options: { table: { type: 'string', multiple: true, default: [] } },
    allowPositionals: true,
  });
  const files = values.table.map((one) => {
    const [, name, file] = /^([^=]+)=(.+)$/.exec(one) ?? [];
    if (file === undefined) throw new Error(`--table ${one}: give NAME=FILE.csv.`);
    return [name, file];
  });
  const texts =
    positionals.length > 0 ? positionals : readFileSync(0, 'utf8').split('\n').filter(Boolean);
  const tables = Object.fromEntries(files);
  const decoder = readJson('decoder.json');
  const answer = await createStudent(tables, decoder);
  for (const line of tellUnfilled(decoder, tables)) console.error(`! ${line}`);
  return { texts, answer };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { texts, answer } = await start().catch(({ message }) => {
    console.error(message);
    process.exit(2);
  });
  for (const text of texts) process.stdout.write(`${JSON.stringify(await answer(text))}\n`);
}
