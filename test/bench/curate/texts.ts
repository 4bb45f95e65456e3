import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { curateTools } from '../../../src/main/app/curate-project.ts';
import type { Check, Score } from '../../../src/main/curate/check.ts';
import { newFactCheck } from '../../../src/main/curate/checks/new-fact.ts';
import { outlierCheck } from '../../../src/main/curate/checks/outlier.ts';
import { promptInjectionCheck } from '../../../src/main/curate/checks/prompt-injection.ts';
import { syntheticCheck } from '../../../src/main/curate/checks/synthetic.ts';
import { createRng } from '../../../src/main/lib/rng.ts';
import { unwatched } from '../../../src/main/lib/work.ts';
import type { Example } from '../../../src/main/store/examples.ts';
import type { Json } from '../../../src/shared/domain/json.ts';
import { parseTask, type Task } from '../../../src/shared/domain/task.ts';
import { makeExample } from '../../unit/review/make-example.ts';
import type { Row } from '../row.ts';

/** What one would write in a minute. */
const keywords =
  /ignore (?:all |the )?(?:previous|prior|above)|system prompt|you are now|jailbreak|disregard/i;

const rewrite = parseTask({ name: 'bench', kind: 'rewrite' });
const classify = (labels: readonly string[]) =>
  parseTask({ name: 'bench', kind: 'classify', labels: [...new Set(labels)] });

const run = (check: Check, task: Task, examples: readonly Example[]): Promise<Score[]> =>
  check.run(
    {
      task,
      examples,
      seed: 1,
      tools: { ...curateTools, readOutOfFold: async () => [] },
      labelsBy: () => [],
    },
    unwatched,
  );

function toExample(id: number, text: string, output: Json, more: Partial<Example> = {}): Example {
  const label = { output, author: 'teacher', agreement: 1, isValid: true, confidence: 1 } as const;
  return makeExample({ id, text, label, status: 'labelled', ...more });
}

/** Which rows a check flags. */
async function flaggedBy(check: Check, task: Task, examples: readonly Example[]) {
  const scores = await run(check, task, examples);
  return new Set(
    scores.filter(({ score }) => score < check.threshold).map(({ exampleId }) => exampleId),
  );
}

/** How well the checks of texts find what they are for, and how often they are wrong. */
export async function textChecks(data: string): Promise<Row[]> {
  return [
    ...(await injections(data)),
    ...(await outliers(data)),
    ...(await synthetic(data)),
    ...(await newFacts(data)),
  ];
}

interface Labelled {
  readonly text: string;
  readonly label: string;
}

function read(data: string, file: string): Labelled[] {
  return readFileSync(join(data, file), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);
}

const benign = ['banking77/test.jsonl', 'clinc150/test.jsonl', 'snips/test.jsonl'] as const;

/** Odd rows only: the rules were written with the even ones in sight. */
async function injections(data: string): Promise<Row[]> {
  const odd = (rows: readonly Labelled[]) => rows.filter((_, i) => i % 2 === 1);
  const share = async (texts: readonly string[]) => {
    const examples = texts.map((text, i) => toExample(i + 1, text, 'x'));
    const flagged = await flaggedBy(promptInjectionCheck, classify(['x', 'y']), examples);
    const plain = texts.filter((text) => keywords.test(text));
    return { own: flagged.size / texts.length, plain: plain.length / texts.length };
  };
  const rows: Row[] = [];
  const add = async (name: string, texts: readonly string[], target: string) => {
    const { own, plain } = await share(texts);
    rows.push({ name: `prompt injection, ${name}`, value: own, unit: '', target });
    rows.push({ name: `prompt injection, ${name}, by five keywords`, value: plain, unit: '' });
  };
  const texts = (file: string) => odd(read(data, file)).map(({ text }) => text);
  await add('CyberSecEval found', texts('adversarial/cyberseceval_prompt_injection.jsonl'), '');
  await add('BIPIA found', texts('adversarial/bipia_text_attacks.jsonl'), '');
  await add('false alarms, requests', benign.flatMap(texts), '<= 0.001');
  const safe = read(data, 'adversarial/xstest.jsonl').filter(({ label }) => label === 'safe');
  await add(
    'false alarms, XSTest',
    odd(safe).map(({ text }) => text),
    '<= 0.01',
  );
  return rows;
}

const spoilers: readonly ((text: string, i: number) => string)[] = [
  (text) => Buffer.from(text.replace(/'|e(?=[^e]*$)/, '’'), 'utf8').toString('latin1'),
  (text) => text.replace(/[aeiou]/, '\uFFFD'),
  (text) => Array.from({ length: 30 }, () => text).join(' '),
  (text, i) => {
    const rng = createRng(i);
    return text.replace(/[a-z]/gi, () => String.fromCharCode(97 + rng.integer(26)));
  },
];
const SPOILT = 200;

/** Rows of Banking77 as they are, and some of them spoilt: encodings, lost characters, repetition, random letters. */
async function outliers(data: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const name of ['banking77', 'clinc150']) {
    const sound = read(data, `${name}/test.jsonl`);
    const task = classify(sound.map(({ label }) => label));
    const examples = sound.map(({ text, label }, i) => toExample(i + 1, text, label));
    const spoilt = sound
      .slice(0, SPOILT)
      .map(({ text, label }, i) =>
        toExample(100_000 + i, spoilers[i % spoilers.length]!(text, i), label),
      );
    const flagged = await flaggedBy(outlierCheck, task, [...examples, ...spoilt]);
    const lengths = sound.map(({ text }) => text.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    const sigma = Math.sqrt(
      lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length,
    );
    const isLong = ({ text }: { text: string }) => text.length > mean + 3 * sigma;
    rows.push(
      {
        name: `odd texts, spoilt ones found, ${name}`,
        value: spoilt.filter(({ id }) => flagged.has(id)).length / SPOILT,
        unit: '',
      },
      {
        name: `odd texts, spoilt ones found, ${name}, by length alone`,
        value: spoilt.filter(isLong).length / SPOILT,
        unit: '',
      },
      {
        name: `odd texts, false alarms, ${name}`,
        value: examples.filter(({ id }) => flagged.has(id)).length / examples.length,
        unit: '',
        target: '<= 0.005',
      },
      {
        name: `odd texts, false alarms, ${name}, by length alone`,
        value: examples.filter(isLong).length / examples.length,
        unit: '',
      },
    );
  }
  return rows;
}

/** Half of Banking77's test rows stand for synthetic ones: as they are, and with a manner of speaking. */
async function synthetic(data: string): Promise<Row[]> {
  const own = read(data, 'banking77/test.jsonl');
  const judge = async (write: (text: string) => string) => {
    const examples = own.map(({ text, label }, i) =>
      i % 2 === 0
        ? toExample(i + 1, text, label)
        : toExample(i + 1, write(text), label, { origin: 'synthetic', strategy: 'paraphrase' }),
    );
    const scores = await run(syntheticCheck, classify(own.map(({ label }) => label)), examples);
    const ranks = scores.map(({ evidence }) => Number(evidence.rank));
    return {
      auroc: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length,
      flagged: scores.filter(({ score }) => score < syntheticCheck.threshold).length / ranks.length,
    };
  };
  const alike = await judge((text) => text);
  const mannered = await judge((text) => `Could you kindly tell me: ${text}`);
  return [
    { name: 'synthetic look, AUROC, real rows', value: alike.auroc, unit: '', target: '~ 0.5' },
    { name: 'synthetic look, flagged, real rows', value: alike.flagged, unit: '' },
    { name: 'synthetic look, AUROC, one manner', value: mannered.auroc, unit: '' },
    { name: 'synthetic look, flagged, one manner', value: mannered.flagged, unit: '' },
  ];
}

/** Sentences with personal data as their own rewriting: none is new; then with one digit changed: one is. */
async function newFacts(data: string): Promise<Row[]> {
  const sentences = readFileSync(join(data, 'pii_presidio/synth_v2.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { text: string }).text)
    .filter((text) => /[0-9]/.test(text));
  const changed = (text: string) =>
    text.replace(/[0-9](?=[^0-9]*$)/, (digit) => String((Number(digit) + 1) % 10));
  const share = async (write: (text: string) => string) => {
    const examples = sentences.map((text, i) => toExample(i + 1, text, write(text)));
    return (await flaggedBy(newFactCheck, rewrite, examples)).size / sentences.length;
  };
  return [
    { name: 'new facts, one digit changed, found', value: await share(changed), unit: '' },
    {
      name: 'new facts, false alarms, copies',
      value: await share((text) => text),
      unit: '',
      target: '0',
    },
  ];
}

/** Processor time and memory of the two checks that read every text. */
export async function textSpeed(texts: readonly string[]): Promise<Row[]> {
  const examples = texts.map((text, i) => toExample(i + 1, text, i % 2 === 0 ? 'x' : 'y'));
  const task = classify(['x', 'y']);
  const rows: Row[] = [];
  for (const check of [promptInjectionCheck, outlierCheck]) {
    const before = process.memoryUsage().rss;
    const startCpu = process.cpuUsage();
    await run(check, task, examples);
    const { user, system } = process.cpuUsage(startCpu);
    const name = `${check.id} of ${texts.length.toLocaleString('en')} short texts`;
    rows.push(
      { name: `${name}, by processor time`, value: (user + system) / 1e6, unit: 's' },
      {
        name: `${name}, memory beside the texts`,
        value: (process.memoryUsage().rss - before) / 2 ** 20,
        unit: 'MB',
      },
    );
  }
  return rows;
}
