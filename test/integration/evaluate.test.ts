import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluate } from '../../src/main/evaluate/evaluate.ts';
import { metrics } from '../../src/main/evaluate/metrics/index.ts';
import { renderReport } from '../../src/main/evaluate/report-html.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import type { EvaluationReport } from '../../src/shared/contract/evaluate.ts';
import type { Predictor } from '../../src/shared/domain/prediction.ts';
import { createDesk, type Desk } from '../helpers/desk.ts';

function run(desk: Desk, predictor: Predictor = desk.predictor, signal = unwatched.signal) {
  writeFileSync(join(desk.folder, 'model.onnx'), Buffer.alloc(1_234));
  return evaluate(
    desk.store,
    desk.task,
    { studentId: desk.studentId, studentFolder: desk.folder, split: 'holdout' },
    predictor,
    { ...unwatched, signal },
  );
}

describe('a reviewed holdout', () => {
  let desk: Desk;
  let report: EvaluationReport;
  beforeAll(async () => {
    desk = createDesk({ train: 400, calibration: 100, holdout: 300 });
    report = await run(desk);
  });
  afterAll(() => desk.store.close());

  test('measures the student between the baselines and perfection, each figure in its interval', () => {
    expect(report).toMatchObject({ n: 300, split: 'holdout', goldAuthor: 'human', looks: 1 });
    const { accuracy } = report.metrics;
    expect(accuracy!.value).toBeGreaterThan(0.7);
    expect(accuracy!.value).toBeLessThan(1);
    expect(report.baselines.majority!.accuracy!.value).toBeCloseTo(0.25, 2);
    // The answerer of this test is itself the nearest-neighbour baseline.
    expect(report.baselines.knn!.accuracy!.value).toBe(accuracy!.value);
    for (const { value, low, high } of Object.values(report.metrics)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }
    for (const id of ['accuracy', 'macroF1', 'exactMatch', 'validJson', 'ece', 'oosAuroc'])
      expect(Object.keys(report.metrics)).toContain(id);
  });

  test('compares the teacher on the rows that it answered, the student on the same', () => {
    const { teacherComparison: comparison } = report;
    expect(comparison).toMatchObject({ split: 'holdout', n: 150, of: 300 });
    const difference = comparison!.student.accuracy!.value - report.teacher!.accuracy!.value;
    expect(comparison!.difference.value).toBeCloseTo(difference, 12);
    const { onlyFirst, onlySecond } = comparison!.mcnemar;
    expect((onlyFirst - onlySecond) / 150).toBeCloseTo(difference, 12);
  });

  test('says where it goes wrong, surest mistakes first', () => {
    const wrong = report.confusion
      .filter((pair) => pair.given !== pair.answered)
      .reduce((sum, pair) => sum + pair.n, 0);
    expect(wrong).toBe(Math.round(300 * (1 - report.metrics.accuracy!.value)));
    const confidences = report.worstErrors.map((error) => error.confidence);
    expect(confidences).toEqual([...confidences].sort((a, b) => b - a));
    expect(report.worstErrors.every((error) => error.gold !== error.predicted)).toBe(true);
    for (const by of ['origin', 'length', 'label']) {
      const parts = report.slices.filter((slice) => slice.by === by);
      expect(parts.reduce((sum, part) => sum + part.n, 0)).toBe(300);
    }
    expect(report.sizeBytes).toBeGreaterThanOrEqual(1_234);
    expect(report.speed.p50Ms).toBeLessThanOrEqual(report.speed.p95Ms);
  });

  test('counts the look, keeps the report, and warns that the holdout is not sealed', async () => {
    expect(report.sealed).toBe(false);
    expect(report.warnings.join(' ')).toContain('not sealed');
    const again = await run(desk);
    expect(again.looks).toBe(2);
    expect(again.metrics.accuracy).toEqual(report.metrics.accuracy);
    const kept = desk.store.evaluations.latest(desk.studentId, 'holdout');
    expect(JSON.parse(kept!.reportJson)).toMatchObject({ looks: 2, n: 300 });
  });

  test('makes a page that fetches nothing, runs nothing and shows no private text', () => {
    const secret = report.worstErrors.map((error) => ({
      ...error,
      text: `secret-${error.consent} <script>alert(1)</script>`,
    }));
    const page = renderReport({
      title: '<b>desk</b>',
      project: 'desk.stillroom',
      date: 'today',
      evaluation: { ...report, worstErrors: secret },
      files: [{ title: 'Project', path: '/tmp/desk' }],
    });
    // Booleans, not matchers: a failure would print the whole page.
    const has = (pattern: RegExp) => pattern.test(page);
    expect(has(/<script|<b>desk|https?:\/\/(?!www\.w3\.org)|@import|url\((?!#)/)).toBe(false);
    expect(has(/secret-permitted &lt;script&gt;/)).toBe(true);
    expect(has(/secret-private|secret-redacted/)).toBe(false);
    // An answer with fields repeats the text, a label does not; control: of a permitted record it is shown.
    const values = report.worstErrors.map((error) => ({
      ...error,
      gold: `{"name":"value-${error.consent}"}`,
    }));
    const { accuracy: _, ...metrics } = report.metrics;
    const withFields = renderReport({
      title: 'desk',
      project: 'desk.stillroom',
      date: 'today',
      evaluation: { ...report, metrics, worstErrors: values },
      files: [],
    });
    expect(/value-permitted/.test(withFields)).toBe(true);
    expect(/value-private|value-redacted/.test(withFields)).toBe(false);
    expect(has(/<svg viewBox/)).toBe(true);
    expect(has(/#0b7070["']/)).toBe(false); // charts follow the theme
    expect(has(/NaN|undefined/)).toBe(false);
  });
});

test('without a person, imported answers stand in and the report says so', async () => {
  const desk = createDesk({ train: 60, calibration: 0, holdout: 40 }, { gold: 'imported' });
  const report = await run(desk);
  expect(report.goldAuthor).toBe('imported');
  expect(report.warnings[0]).toContain('No person');
  desk.store.close();
});

test('the teacher is not measured against itself', async () => {
  const desk = createDesk({ train: 60, calibration: 0, holdout: 40 }, { gold: 'teacher' });
  const report = await run(desk);
  expect(report.goldAuthor).toBe('teacher');
  expect(report.teacher).toBeUndefined();
  desk.store.close();
});

test('no holdout is an error with a remedy, and no look', async () => {
  const desk = createDesk({ train: 20, calibration: 0, holdout: 0 });
  await expect(run(desk)).rejects.toMatchObject({
    code: 'evaluate.data',
    message: expect.stringContaining('split --holdout'),
  });
  expect(desk.store.looks.count('holdout')).toBe(0);
  desk.store.close();
});

test('cancelling keeps nothing half done', async () => {
  const desk = createDesk({ train: 60, calibration: 0, holdout: 200 });
  const controller = new AbortController();
  const slow: Predictor = {
    ...desk.predictor,
    async predict(inputs) {
      controller.abort();
      return desk.predictor.predict(inputs);
    },
  };
  await expect(run(desk, slow, controller.signal)).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(desk.store.looks.count('holdout')).toBe(0);
  expect(desk.store.evaluations.latest(desk.studentId)).toBeUndefined();
  desk.store.close();
});

test('every metric says how it is found', () => {
  for (const metric of Object.values(metrics)) expect(metric.method).toMatch(/\.$/);
});
