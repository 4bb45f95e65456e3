import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { loadStudent } from '../../../src/main/train/load-student.ts';
import { smallProject, train } from '../../helpers/train-project.ts';

let original: string;

beforeAll(async () => {
  const project = smallProject();
  original = (await train(project)).folder;
  project.close();
});

function copy(): string {
  const folder = join(mkdtempSync(join(tmpdir(), 'stillroom-folder-')), 'student');
  cpSync(original, folder, { recursive: true });
  return folder;
}

/** Changes a file and, as a forger would, its sum in student.json. */
function forge(folder: string, path: string, contents: string | Uint8Array): void {
  writeFileSync(join(folder, path), contents);
  edit(folder, (json) => {
    (json.files as Record<string, string>)[path] = sha256(readFileSync(join(folder, path)));
  });
}

function set(folder: string, values: Readonly<Record<string, unknown>>): void {
  edit(folder, (json) => void Object.assign(json, values));
}

function edit(folder: string, change: (json: Record<string, unknown>) => void): void {
  const path = join(folder, 'student.json');
  const json = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  change(json);
  writeFileSync(path, JSON.stringify(json));
}

function features(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, 'features.json'), 'utf8')) as Record<string, unknown>;
}

test('an untouched copy loads, in both variants', async () => {
  for (const variant of ['full', 'int8'] as const) {
    const { predictor } = await loadStudent(copy(), { variant });
    expect((await predictor.predict([{ text: 'see the forecast' }]))[0]!.output).toBe('weather');
    await predictor.close();
  }
});

test('the model that student.json names answers, unless another is asked for', async () => {
  const folder = copy();
  const confidenceOf = async (variant?: 'full' | 'int8') => {
    const { predictor } = await loadStudent(folder, { variant });
    const [prediction] = await predictor.predict([{ text: 'see the forecast' }]);
    await predictor.close();
    return prediction!.confidence;
  };
  const full = await confidenceOf('full');
  const int8 = await confidenceOf('int8');
  expect(int8).not.toBe(full);
  expect(await confidenceOf()).toBe(full);
  set(folder, { model: 'model.int8.onnx' });
  expect(await confidenceOf()).toBe(int8);
  expect(await confidenceOf('full')).toBe(full);
});

const attacks: Readonly<Record<string, (folder: string) => void>> = {
  'one bit of the model': (folder) => {
    const bytes = readFileSync(join(folder, 'model.onnx'));
    bytes[bytes.length - 9] = bytes[bytes.length - 9]! ^ 1;
    writeFileSync(join(folder, 'model.onnx'), bytes);
  },
  'one digit of the features': (folder) => {
    const path = join(folder, 'features.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"count":', '"count": '));
  },
  'student.json not JSON': (folder) => writeFileSync(join(folder, 'student.json'), '{'),
  'student.json empty': (folder) => writeFileSync(join(folder, 'student.json'), '{}'),
  'a newer format': (folder) => set(folder, { formatVersion: 2 }),
  'an unknown kind': (folder) => set(folder, { kind: '../../x' }),
  'a label more': (folder) => edit(folder, (json) => void (json.classes as string[]).push('x')),
  'a label less': (folder) => edit(folder, (json) => void (json.classes as string[]).pop()),
  'a temperature of 0': (folder) =>
    set(folder, { calibration: { method: 'temperature', temperature: 0, rows: 9 } }),
  'a sum missing': (folder) =>
    edit(folder, (json) => void delete (json.files as Record<string, string>)['model.onnx']),
  'a model that is none': (folder) => forge(folder, 'model.onnx', 'not a model'),
  'an empty model': (folder) => forge(folder, 'model.onnx', ''),
  'features that are none': (folder) => forge(folder, 'features.json', '[]'),
  'features cut off': (folder) =>
    forge(
      folder,
      'features.json',
      JSON.stringify({
        ...features(folder),
        weights: String(features(folder).weights).slice(0, 8),
      }),
    ),
  'more features than the model has rows': (folder) =>
    forge(
      folder,
      'features.json',
      JSON.stringify({
        ...features(folder),
        count: 3000,
        hashes: Buffer.from(Uint32Array.from({ length: 3000 }, (_, i) => i).buffer).toString(
          'base64',
        ),
        weights: Buffer.from(new Float32Array(3000).fill(1).buffer).toString('base64'),
      }),
    ),
  'a link out of the folder': (folder) => {
    rmSync(join(folder, 'model.onnx'));
    symlinkSync(join(original, 'model.onnx'), join(folder, 'model.onnx'));
  },
};

test.each(Object.keys(attacks))('%s: refused with a clear error', async (name) => {
  const folder = copy();
  attacks[name]!(folder);
  await expect(loadStudent(folder)).rejects.toMatchObject({
    code: 'student.malformed',
    message: expect.stringMatching(/\.$/),
  });
});

test('a missing file is called by its name', async () => {
  const folder = copy();
  rmSync(join(folder, 'model.onnx'));
  await expect(loadStudent(folder)).rejects.toMatchObject({
    code: 'file.missing',
    message: expect.stringContaining('model.onnx'),
  });
});
