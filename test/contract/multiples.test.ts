import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compileSchema } from '../../src/main/lib/json-schema.ts';
import { admits } from '../../src/shared/domain/form/admits.ts';
import { has, runOutside } from '../helpers/outside.ts';

/** Value, unit, and whether the one is a multiple of the other as both are written. */
const cases = [
  [0.3, 0.1, true],
  [1.1, 0.1, true],
  [0.35, 0.1, false],
  [1234567.89, 0.01, true],
  [123456789012.34, 0.01, true],
  [1234567.895, 0.01, false],
  [-4.35, 0.05, true],
  [0, 0.1, true],
  [15, 5, true],
  [16, 5, false],
  [2.5, 0.5, true],
  [1e21, 10, true],
  [1e-7, 1e-8, true],
  [1e300, 1e-300, true],
] as const;

const run = new URL('../../src/main/train/structured/run/', import.meta.url);
const hasPython = has('python3', '-c', 'import sys; assert sys.version_info >= (3, 8)');
const slotOf = (multipleOf: number) => ({
  type: 'number' as const,
  choices: [],
  limits: { multipleOf },
});

describe('a multiple of decimals is one for', () => {
  it('what is imported and taught', () => {
    for (const [value, multipleOf, is] of cases) {
      const problems = compileSchema({ type: 'number', multipleOf }, 'it')(value);
      expect.soft(problems, `${value} of ${multipleOf}`).toHaveLength(is ? 0 : 1);
    }
    expect(compileSchema({ multipleOf: 0.1 }, 'it')(0.35)).toEqual([
      'output must be a multiple of 0.1',
    ]);
    expect(() => compileSchema({ multipleOf: 0 }, 'it')).toThrow(/not usable/);
  });

  it('a student', () => {
    for (const [value, unit, is] of cases)
      expect.soft(admits(slotOf(unit), value), `${value} of ${unit}`).toBe(is);
  });

  it('the program of JavaScript', async () => {
    const { createFormFiller } = await import(new URL('form.mjs', run).href);
    for (const [value, unit, is] of cases) {
      const form = { slots: [slotOf(unit)], frames: [] };
      const filler = createFormFiller({ form, patterns: [[]], empty: [], neutral: [] });
      expect.soft(filler.admits(0, value), `${value} of ${unit}`).toBe(is);
    }
  });

  it.skipIf(!hasPython)('the program of Python (left out where python3 3.8 is missing)', () => {
    const program = `
import json, sys
from form import admits_number
print(json.dumps([admits_number({"type": "number", "limits": {"multipleOf": unit}}, value)
                  for value, unit, _ in json.load(sys.stdin)]))`;
    const told = runOutside(fileURLToPath(run), 'python3', ['-c', program], cases);
    expect(told).toEqual(cases.map(([, , is]) => is));
  });
});
