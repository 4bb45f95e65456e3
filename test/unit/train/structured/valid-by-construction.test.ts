import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compileSchema } from '../../../../src/main/lib/json-schema.ts';
import { createAssembler } from '../../../../src/main/train/structured/assemble.ts';
import { encodeDecoder } from '../../../../src/main/train/structured/decoder-file.ts';
import { sharedPrograms } from '../../../../src/main/train/structured/shared-programs.ts';
import type { SlotPlan } from '../../../../src/main/train/structured/structured-student.ts';
import { compileForm } from '../../../../src/shared/domain/form/compile-form.ts';
import { leaveOut } from '../../../../src/shared/domain/form/leave-out.ts';
import { parseTask } from '../../../../src/shared/domain/task.ts';
import { AppError } from '../../../../src/shared/errors.ts';
import {
  factRows,
  randomAssembly,
  randomParse,
  stretchText,
} from '../../../helpers/random-parses.ts';
import { randomSchemas } from '../../../helpers/random-schemas.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A random schema as a form; undefined for one that no value can be told for. */
function compile(schema: object) {
  try {
    return compileForm(parseTask({ name: 'any', kind: 'extract', schema }));
  } catch (error) {
    if (error instanceof AppError && error.message.includes('fits its limits')) return undefined;
    throw error;
  }
}

const input = { text: stretchText, referenceDate: '2026-11-26' };
const cases = fc
  .sample(fc.tuple(randomSchemas, fc.integer()), { seed: 11, numRuns: 600 })
  .flatMap(([schema, seed]) => {
    const form = compile(schema);
    if (!form) return [];
    const assembly = randomAssembly(form, seed);
    const parses = [1, 2, 3].map((one) => randomParse(assembly.plan, seed + one));
    return [{ schema, form, assembly, parses }];
  });

describe('whatever is read, the output fits the schema', () => {
  const made = cases.flatMap(({ schema, form, assembly, parses }) => {
    const validate = compileSchema(schema as Record<string, unknown>, 'the case');
    const assemble = createAssembler(assembly);
    return parses.map((parse) => ({ ...assemble(parse, input), validate, form, schema }));
  });

  test('with a value that says nothing where one is missing', () => {
    for (const { output, validate, schema } of made)
      expect([validate(output), schema]).toEqual([[], schema]);
    expect(made.length).toBeGreaterThan(1_200);
  });

  test('and not without it', () => {
    const broken = made.filter(({ output, missing = [], form, validate }) => {
      const bare = validate(leaveOut(form, output, missing));
      return bare.length > 0;
    });
    expect(broken.length).toBeGreaterThan(200);
    for (const { confidence, missing } of broken)
      expect([confidence, missing!.length > 0]).toEqual([0, true]);
  });

  test('tables fill some of what no student reads', () => {
    const isFilled = ({ fields, form }: (typeof made)[number], slots: readonly SlotPlan[]) =>
      fields!.some(({ name, confidence }) => {
        const slot = form.slots.findIndex((own) => own.name === name);
        return slots[slot]!.mode === 'lookup' && confidence > 0;
      });
    const plans = cases.flatMap(({ assembly, parses }) => parses.map(() => assembly.plan.slots));
    expect(made.filter((one, i) => isFilled(one, plans[i]!)).length).toBeGreaterThan(10);
  });

  test('what is missing is never sure, and the rest is', () => {
    const isWhole = ({ missing }: (typeof made)[number]) => missing!.length === 0;
    expect(made.filter((one) => isWhole(one) && one.confidence > 0).length).toBeGreaterThan(100);
    for (const { missing, fields } of made)
      for (const name of missing!)
        expect(
          fields!.find((field) => field.name === name && field.confidence === 0),
        ).toBeDefined();
  });
});

describe('the programs of a folder make the same of the same parses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stillroom-form-'));
  for (const [path, text] of Object.entries(sharedPrograms()))
    writeFileSync(join(folder, path.replace('run/', '')), text);
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const writeFacts = (separator: string) => {
    const lines = factRows.map(([key, value]) => `${quote(key)}${separator}${value}\r\n`);
    writeFileSync(join(folder, 'facts.csv'), `\uFEFFkey${separator}a value\r\n${lines.join('')}`);
  };
  const given = cases.map(({ assembly, parses }) => ({
    decoder: JSON.parse(encodeDecoder({ assembly, model: {} })) as unknown,
    parses,
  }));
  const own = cases.flatMap(({ assembly, parses }) => {
    const assemble = createAssembler(assembly);
    return parses.map((parse) => {
      const { output, confidence, missing, outlierScore } = assemble(parse, input);
      return { output, confidence: confidence.toFixed(9), missing, outlierScore };
    });
  });
  type Answer = { readonly confidence: number };
  const run = (program: string, args: readonly string[]) => {
    const output = execFileSync(program, [...args], {
      cwd: folder,
      input: JSON.stringify({ given, input }),
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
      maxBuffer: 1e9,
    });
    const answers = JSON.parse(output.toString('utf8')) as Answer[];
    return answers.map((one) => ({ ...one, confidence: one.confidence.toFixed(9) }));
  };

  test.each([',', ';', '\t'])('in JavaScript, with facts apart by %j', (separator) => {
    writeFacts(separator);
    writeFileSync(
      join(folder, 'driver.mjs'),
      `import { readFileSync } from 'node:fs';
import { createAssembler } from './assemble.mjs';
const { given, input } = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(given.flatMap(({ decoder, parses }) => {
  const assemble = createAssembler(decoder, 2, { facts: 'facts.csv' });
  return parses.map((parse) => assemble(parse, input.text, input.referenceDate));
})));`,
    );
    expect(run(process.execPath, ['driver.mjs'])).toEqual(own);
  });

  test.each([',', ';', '\t'])('in Python, with facts apart by %j', (separator) => {
    writeFacts(separator);
    const driver = `import json, sys
from assemble import create_assembler
whole = json.load(sys.stdin)
made = []
for one in whole["given"]:
    assemble = create_assembler(one["decoder"], 2, {"facts": "facts.csv"})
    made += [assemble(parse, whole["input"]["text"], whole["input"]["referenceDate"]) for parse in one["parses"]]
print(json.dumps(made))`;
    writeFileSync(join(folder, 'driver.py'), driver);
    expect(run('python3', ['driver.py'])).toEqual(own);
  });
});
