import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { curateTools } from '../../src/main/app/curate-project.ts';
import { findLeaks } from '../../src/main/curate/duplicates/find-leaks.ts';
import { findNearDuplicates } from '../../src/main/curate/duplicates/find-near-duplicates.ts';
import { judgeLabels } from '../../src/main/curate/label-errors/judge-labels.ts';
import { doubtFromConfidence } from '../../src/main/curate/label-errors/stated-confidence.ts';
import { createRng } from '../../src/main/lib/rng.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { textChecks, textSpeed } from './curate/texts.ts';
import type { Row } from './row.ts';

/** The quality of the checks on data sets with known errors (in the folder STILLROOM_DATA), and their speed. */
export default {
  id: 'curate',
  async run(): Promise<Row[]> {
    const data = process.env.STILLROOM_DATA;
    const rows: Row[] = [];
    if (data !== undefined && existsSync(data)) {
      rows.push(await labelErrors(data, 'banking77', '>= 0.82'));
      rows.push(await labelErrors(data, 'clinc150', '>= 0.92'));
      rows.push(...(await nearDuplicates(data)));
      rows.push(...(await contamination(data)));
      rows.push(...(await textChecks(data)));
    } else console.error('curate: set STILLROOM_DATA to a folder with the data sets for quality.');
    return [...rows, ...(await speed(100_000)), ...(await speed(1_000_000))];
  },
};

function readLines<T>(...path: string[]): T[] {
  return readFileSync(join(...path), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** Average precision of "the teacher's label is wrong", over rows whose reply can be read. */
async function labelErrors(data: string, name: string, target: string): Promise<Row> {
  const folder = join(data, `teacher_${name}`);
  interface Truth {
    readonly id: string;
    readonly gold: string;
    readonly teacher: string;
    readonly recoverable: boolean;
  }
  const truth = new Map(readLines<Truth>(folder, 'truth.jsonl').map((row) => [row.id, row]));
  const labels = readLines<{ label: string }>(folder, 'labels.jsonl').map(({ label }) => label);
  const replies = readLines<{ id: string; text: string; raw: string }>(
    folder,
    'teacher.jsonl',
  ).filter(({ id }) => truth.get(id)?.recoverable ?? true);
  const given = replies.map(({ id, raw }) => truth.get(id)?.teacher ?? JSON.parse(raw).label);
  const targets = Int32Array.from(given, (label) => labels.indexOf(label));
  const judgement = await judgeLabels(
    {
      texts: replies.map(({ text }) => text),
      targets,
      groups: Int32Array.from(replies.keys()),
      classCount: labels.length,
    },
    curateTools,
    1,
    unwatched,
  );
  const stated = replies.map(({ raw }) => {
    const match = /"confidence"\s*:\s*([\d.]+)/.exec(raw);
    return match ? Number(match[1]) : null;
  });
  const fromConfidence = doubtFromConfidence(
    stated,
    Array.from(judgement.doubt, (doubt) => doubt < 0),
  );
  const scored = replies.map(({ id }, i) => ({
    doubt: judgement.doubt[i]! + fromConfidence[i]!,
    isError: truth.has(id) && truth.get(id)!.teacher !== truth.get(id)!.gold,
  }));
  return {
    name: `label errors, teacher_${name}, AUPRC`,
    value: averagePrecision(scored),
    unit: '',
    target,
  };
}

function averagePrecision(rows: { doubt: number; isError: boolean }[]): number {
  rows.sort((a, b) => b.doubt - a.doubt);
  let hits = 0;
  let sum = 0;
  rows.forEach(({ isError }, i) => {
    if (isError) sum += ++hits / (i + 1);
  });
  return sum / hits;
}

const pairKey = (a: unknown, b: unknown) => [String(a), String(b)].sort().join(' ');

async function nearDuplicates(data: string): Promise<Row[]> {
  const folder = join(data, 'neardup_dev');
  const texts = readLines<{ id: number; text: string }>(folder, 'texts.jsonl');
  const found = await findNearDuplicates(
    texts.map(({ text }) => text),
    {},
    unwatched,
  );
  const keys = new Set(found.map(({ a, b }) => pairKey(texts[a]!.id, texts[b]!.id)));
  const pairs = (file: string) => readLines<{ a: number; b: number }>(folder, file);
  const share = (file: string) => {
    const list = pairs(file);
    return list.filter(({ a, b }) => keys.has(pairKey(a, b))).length / list.length;
  };
  const listed = new Set(
    ['dup_pairs.jsonl', 'hard_negative_pairs.jsonl'].flatMap((file) =>
      pairs(file).map(({ a, b }) => pairKey(a, b)),
    ),
  );
  const outside = [...keys].filter((key) => !listed.has(key)).length;
  return [
    {
      name: 'near-duplicates, recall',
      value: share('dup_pairs.jsonl'),
      unit: '',
      target: '>= 0.95',
    },
    {
      name: 'near-duplicates, hard negatives merged',
      value: share('hard_negative_pairs.jsonl'),
      unit: '',
      target: '<= 0.05',
    },
    { name: 'near-duplicates, pairs outside both lists', value: outside, unit: 'pairs' },
  ];
}

async function contamination(data: string): Promise<Row[]> {
  const train = readLines<{ id: string; text: string }>(data, 'contam_banking77', 'train.jsonl');
  const holdout = readLines<{ id: string; text: string }>(data, 'banking77', 'test.jsonl');
  const truth = ['leaks.jsonl', 'natural_leaks.jsonl'].flatMap((file) =>
    readLines<{ train: string; holdout: string }>(data, 'contam_banking77', file),
  );
  const all = [...train, ...holdout];
  const leaks = await findLeaks(
    all.map(({ text }) => text),
    Uint8Array.from(all, (_, i) => (i < train.length ? 0 : 1)),
    unwatched,
  );
  const flagged = leaks.filter(({ similarity }) => similarity > 0.5);
  const keys = new Set(flagged.map((leak) => `${all[leak.train]!.id} ${all[leak.guarded]!.id}`));
  const planted = new Set(truth.map((leak) => leak.train));
  const falseRows = new Set(
    flagged.map((leak) => all[leak.train]!.id).filter((id) => !planted.has(id)),
  );
  const hits = truth.filter((leak) => keys.has(`${leak.train} ${leak.holdout}`)).length;
  return [
    { name: 'contamination, leaks found', value: hits / truth.length, unit: '', target: '1' },
    {
      name: 'contamination, false alarms',
      value: falseRows.size / train.length,
      unit: '',
      target: '<= 0.01',
    },
  ];
}

/** Random sentences over a Zipfian vocabulary, one in twenty a near-copy of the one before. */
function makeTexts(count: number): string[] {
  const rng = createRng(count);
  const letters = 'etaoinshrdlucmfwypvbgk';
  const words = Array.from({ length: 50_000 }, () =>
    Array.from({ length: 2 + rng.integer(8) }, () => letters[rng.integer(letters.length)]).join(''),
  );
  const word = () => words[Math.floor(words.length ** rng.next()) - 1]!;
  let last: string[] = [];
  return Array.from({ length: count }, (_, i) => {
    if (i % 20 === 19) return ['please', ...last].join(' ');
    last = Array.from({ length: 5 + rng.integer(11) }, word);
    return last.join(' ');
  });
}

async function speed(count: number): Promise<Row[]> {
  const texts = makeTexts(count);
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const found = await findNearDuplicates(texts, {}, unwatched);
  const seconds = (performance.now() - startMs) / 1_000;
  const cpu = process.cpuUsage(startCpu);
  const name = `near-duplicates of ${count.toLocaleString('en')} short texts`;
  const isLarge = count >= 1_000_000;
  return [
    ...(await textSpeed(texts)),
    { name, value: seconds, unit: 's', ...(isLarge ? { target: '<= 60' } : {}) },
    { name: `${name}, by processor time`, value: (cpu.user + cpu.system) / 1e6, unit: 's' },
    { name: `${name}, found`, value: found.length, unit: 'pairs' },
    {
      name: `${name}, memory of the process at most`,
      value: process.resourceUsage().maxRSS / 1_024,
      unit: 'MB',
      ...(isLarge ? { target: '<= 2000' } : {}),
    },
  ];
}
