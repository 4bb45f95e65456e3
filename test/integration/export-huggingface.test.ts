import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exportDataset } from '../../src/main/export/export-dataset.ts';
import { createPseudonyms } from '../../src/main/gate/pseudonyms.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { everything } from '../../src/shared/domain/filter.ts';
import { parseTask } from '../../src/shared/domain/task.ts';
import { createDesk, type Desk } from '../helpers/desk.ts';
import { readCroissant } from '../helpers/read-croissant.ts';
import { readYaml } from '../helpers/read-yaml.ts';
import { addExample, newProject, setConsent } from './teach/project.ts';

let desk: Desk;
let out: string;
beforeEach(() => {
  desk = createDesk({ train: 40, calibration: 20, holdout: 20 });
  out = join(desk.folder, 'out');
  const { store } = desk;
  store.transaction(() => store.examples.setStatus(store.examples.ids(everything), 'approved'));
});
afterEach(() => desk.store.close());

const run = (changes: Partial<Parameters<typeof exportDataset>[2]> = {}) =>
  exportDataset(
    desk.store,
    desk.task,
    { format: 'huggingface', folder: out, pseudonymise: createPseudonyms, ...changes },
    unwatched,
  );
interface CardYaml {
  readonly license: readonly string[];
  readonly configs: readonly unknown[];
  readonly dataset_info: {
    readonly features: readonly { readonly name: string }[];
    readonly splits: readonly unknown[];
    readonly download_size: number;
  };
}
const readCard = () => {
  const text = readFileSync(join(out, 'README.md'), 'utf8');
  const [, front, words] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text)!;
  // The shape of a card; what is in it is compared below.
  return { yaml: readYaml(front!) as unknown as CardYaml, words: words! };
};

describe('a Hugging Face dataset folder', () => {
  test('has its files where the loader looks for them, and a card whose YAML describes them', async () => {
    const { files } = await run();
    expect(files.map(({ path, rows }) => [path, rows])).toEqual([
      ['data/train-00000-of-00001.parquet', 30],
      ['data/validation-00000-of-00001.parquet', 15],
      ['data/test-00000-of-00001.parquet', 15],
    ]);
    expect(readdirSync(out).sort()).toEqual([
      'README.md',
      'croissant.json',
      'data',
      'manifest.json',
    ]);
    const { yaml } = readCard();
    expect(yaml).toMatchObject({
      pretty_name: 'desk',
      license: ['unknown'],
      task_categories: ['text-classification'],
      size_categories: ['n<1K'],
    });
    expect(yaml.configs).toEqual([
      {
        config_name: 'default',
        data_files: files.map(({ path }) => ({ split: /data\/(\w+)-/.exec(path)![1], path })),
      },
    ]);
    const { features, splits, download_size } = yaml.dataset_info;
    expect(features.find(({ name }) => name === 'label')).toEqual({
      name: 'label',
      dtype: { class_label: { names: { 0: 'refund', 1: 'card', 2: 'loan', 3: 'none' } } },
    });
    expect(splits).toEqual([
      { name: 'train', num_examples: 30 },
      { name: 'validation', num_examples: 15 },
      { name: 'test', num_examples: 15 },
    ]);
    const bytes = files.map(({ path }) => readFileSync(join(out, path)).length);
    expect(download_size).toBe(bytes.reduce((sum, size) => sum + size, 0));
  });

  test('is read by its Croissant metadata alone: every row, with its label and split', async () => {
    await run();
    const { dataset, records } = await readCroissant(out);
    expect(dataset.conformsTo).toContain('http://mlcommons.org/croissant/1.1');
    expect(records.splits).toEqual([
      { 'splits/name': 'train', 'splits/url': 'cr:TrainingSplit' },
      { 'splits/name': 'validation', 'splits/url': 'cr:ValidationSplit' },
      { 'splits/name': 'test', 'splits/url': 'cr:TestSplit' },
    ]);
    const names = records.labels!.map((row) => row['labels/name']);
    const permitted = desk.store.examples.list().filter((row) => row.consent !== 'private');
    const seen = ['train', 'validation', 'test'].flatMap((split) =>
      records[split]!.map((row) => [
        row[`${split}/id`],
        row[`${split}/text`],
        names[row[`${split}/label`] as number],
        row[`${split}/split`],
      ]),
    );
    const hub = { train: 'train', calibration: 'validation', holdout: 'test', unassigned: '' };
    expect(seen.toSorted()).toEqual(
      permitted
        .map((row) => [row.externalId, row.text, row.label!.output, hub[row.split]])
        .toSorted(),
    );
  });

  test('control: a file that was touched is found by its hash, a word that is not declared by its name', async () => {
    await run();
    const path = join(out, 'croissant.json');
    const whole = readFileSync(path, 'utf8');
    const spoil = (from: string, to: string) => writeFileSync(path, whole.replace(from, to));
    spoil('"column": "cr:column",', '');
    await expect(readCroissant(out)).rejects.toThrow('"column" is not declared');
    spoil('"labels/number"\n', '"labels/none"\n');
    await expect(readCroissant(out)).rejects.toThrow(
      /labels\/none|refers to nothing|key is no field/,
    );
    spoil('"column": "text"', '"column": "words"');
    await expect(readCroissant(out)).rejects.toThrow('no column words');
    writeFileSync(path, whole);
    const data = join(out, 'data/train-00000-of-00001.parquet');
    writeFileSync(data, Buffer.concat([readFileSync(data), Buffer.from('x')]));
    await expect(readCroissant(out)).rejects.toThrow('another hash');
  });

  test('tells where rows come from, who judged them, by whose leave, and what stays', async () => {
    const { store } = desk;
    const source = store.sources.begin({
      fileName: 'calls.csv',
      sha256: 'x',
      importer: 'csv',
      mapping: {},
      licence: 'CC BY 4.0',
    });
    store.transaction(() => {
      for (let i = 0; i < 2; i++) {
        const id = addExample(store, `call-${i}`, `my number is 555010012${i}`, {
          sourceId: source,
          split: 'train',
          status: 'approved',
        });
        store.labels.add({ exampleId: id, author: 'human', output: 'card', isValid: true });
        store.reviews.add({ exampleId: id, reviewer: `Reviewer ${i}`, verdict: 'approve' });
      }
      for (const example of store.examples.list())
        if (example.label!.author === 'teacher')
          store.labels.add({
            exampleId: example.id,
            author: 'teacher',
            name: 'claude-haiku-5-5',
            output: example.label!.output,
            isValid: true,
          });
    });
    setConsent(store, 'source = calls.csv', 'redacted', { expiresAtMs: Date.parse('2099-01-02') });
    await run();
    const { words, yaml } = readCard();
    expect(yaml.license).toEqual(['cc-by-4.0', 'unknown']);
    for (const fact of [
      '2 from `calls.csv` (licence: CC BY 4.0); 4 made from others; 56 of no recorded file',
      '**Synthetic rows**: 4 of 62 (6.5 %)',
      'Teachers: claude-haiku-5-5.',
      '2 of 62 rows decided by a person, of 2 in all',
      '"test"; "a test", until 2099-01-02',
      '**Private text**: none',
      '20 private',
    ])
      expect(words).toContain(fact);
    expect(words).not.toContain('Reviewer');
    const { dataset } = await readCroissant(out);
    expect(dataset.license).toEqual([
      'https://spdx.org/licenses/CC-BY-4.0',
      'No licence was stated.',
    ]);
    expect(dataset['rai:machineAnnotationTools']).toEqual(['claude-haiku-5-5']);
  });

  test.each([false, true])(
    'holds no private row in any of its bytes; control: with them it does (%s)',
    async (includePrivate) => {
      addExample(desk.store, 'secret-id', 'canary text', { split: 'train', status: 'approved' });
      const { id } = desk.store.examples.findByExternalId('secret-id')!;
      desk.store.labels.add({ exampleId: id, author: 'human', output: 'card', isValid: true });
      await run({ includePrivate });
      const paths = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) =>
        entry.isFile(),
      );
      const bytes = paths.map(({ parentPath, name }) =>
        readFileSync(join(parentPath, name), 'latin1'),
      );
      expect(bytes.some((text) => /canary|secret-id/.test(text))).toBe(includePrivate);
    },
  );

  test('of objects has them as JSON, rows without a split, and the schema on its card', async () => {
    const schema = { type: 'object', properties: { caller: { type: 'string' } } };
    const { store } = newProject(parseTask({ name: 'a "form"', kind: 'extract', schema }));
    const id = addExample(store, 'a', 'Ana called', { status: 'approved' });
    store.labels.add({ exampleId: id, author: 'human', output: { caller: 'Ana' }, isValid: true });
    setConsent(store, 'all', 'permitted');
    await exportDataset(
      store,
      store.project.task(),
      { format: 'huggingface', folder: out, pseudonymise: createPseudonyms },
      unwatched,
    );
    store.close();
    const { records } = await readCroissant(out);
    expect(records.unassigned).toMatchObject([
      { 'unassigned/id': 'a', 'unassigned/output': '{"caller":"Ana"}', 'unassigned/context': null },
    ]);
    const { yaml, words } = readCard();
    expect(yaml).toMatchObject({ pretty_name: 'a "form"', task_categories: ['text-generation'] });
    expect(words).toContain('"caller"');
  });
});

describe('preference pairs', () => {
  test('are the answers that a person put right; others stay, with the reason', async () => {
    const { files, refusedReasons } = await run({ format: 'dpo' });
    const lines = files.flatMap(({ path }) =>
      readFileSync(join(out, path), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    );
    // The teacher of the desk is wrong about every twentieth held-out row, and says "card".
    const wrong = desk.store.examples.list().filter((row) => {
      const said = desk.store.labels.of(row.id).find((label) => label.author === 'teacher');
      const isHeldOut = row.split !== 'train' && row.consent !== 'private';
      return isHeldOut && said !== undefined && said.output !== row.label!.output;
    });
    expect(wrong.length).toBeGreaterThan(0);
    expect(lines.map((line) => line.prompt.at(-1).content)).toEqual(wrong.map((row) => row.text));
    for (const { chosen, rejected } of lines) {
      expect(rejected).toEqual([{ role: 'assistant', content: 'card' }]);
      expect(chosen[0].content).not.toBe('card');
    }
    expect(refusedReasons).toEqual({ private: 20, noPair: 60 - wrong.length });
  });

  test('of a redacted row hide personal data in both answers, found in the text or not', async () => {
    const schema = { type: 'object', properties: { phone: { type: 'string' } } };
    const { store } = newProject(parseTask({ name: 'calls', kind: 'extract', schema }));
    const id = addExample(store, 'a', 'Call me at 5550100123.', { status: 'approved' });
    const add = (author: 'teacher' | 'human', phone: string) =>
      store.labels.add({ exampleId: id, author, output: { phone }, isValid: true });
    add('teacher', 'ana@example.org');
    add('human', '5550100123');
    setConsent(store, 'all', 'redacted');
    const options = { format: 'dpo', folder: out, pseudonymise: createPseudonyms };
    await exportDataset(store, store.project.task(), options, unwatched);
    store.close();
    const text = readFileSync(join(out, 'unassigned.jsonl'), 'utf8');
    expect(text).not.toMatch(/5550100123|ana@example/);
    const { chosen, rejected } = JSON.parse(text);
    expect(chosen[0].content).toBe('{"phone":"[PHONE_1]"}');
    expect(rejected[0].content).toBe('{"phone":"[EMAIL_1]"}');
  });

  test('that do not exist are refused with what to do', async () => {
    const { store } = newProject();
    const id = addExample(store, 'a', 'text', { status: 'approved' });
    store.labels.add({ exampleId: id, author: 'human', output: 'refund', isValid: true });
    setConsent(store, 'all', 'permitted');
    const options = { format: 'dpo', folder: out, pseudonymise: createPseudonyms };
    await expect(exportDataset(store, store.project.task(), options, unwatched)).rejects.toThrow(
      /Correct answers of the teacher/,
    );
    store.close();
  });
});
