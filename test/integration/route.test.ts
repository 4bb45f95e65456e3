import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveStudent } from '../../src/main/app/serve.ts';
import { unwatched } from '../../src/main/lib/work.ts';
import { route } from '../../src/main/route/route.ts';
import type { RouteOutcome } from '../../src/shared/contract/route.ts';
import type { Prediction } from '../../src/shared/domain/prediction.ts';
import { decideRoute, parseRouter } from '../../src/shared/domain/router.ts';
import { createDesk, type Desk } from '../helpers/desk.ts';

const options = { maxError: 0.1, confidence: 0.95, fallback: 'person' } as const;

function run(desk: Desk, changes: Partial<Parameters<typeof route>[2]> = {}) {
  return route(
    desk.store,
    desk.task,
    { studentId: desk.studentId, ...options, ...changes },
    desk.predictor,
    unwatched,
  );
}

describe('on 600 reviewed calibration rows', () => {
  let desk: Desk;
  let result: RouteOutcome;
  beforeAll(async () => {
    desk = createDesk({ train: 400, calibration: 600, holdout: 600 });
    result = await run(desk);
  });
  afterAll(() => desk.store.close());

  test('chooses a threshold whose bound is below the target, and says so with its condition', () => {
    expect(result.threshold).toBeGreaterThan(0);
    expect(result.coverage).toBeGreaterThan(0.2);
    expect(result.errorUpperBound).toBeLessThanOrEqual(0.1);
    expect(result.words).toMatch(/We are 95 % confident that at most 10 % .* if new requests/);
    expect(result.coverage).toBe(result.accepted / 600);
  });

  test('never lets a high-stakes answer through', () => {
    expect(result.abstained['high-stakes']).toBeGreaterThan(50);
    expect(result.labels.find((row) => row.label === 'loan')!.accepted).toBe(0);
    expect(result.labels.reduce((sum, row) => sum + row.accepted, 0)).toBe(result.accepted);
  });

  test('the written rule decides as it was tested: the holdout obeys it', async () => {
    const router = parseRouter(JSON.parse(JSON.stringify(result.router)));
    const rows = desk.store.gold.of('holdout')!.rows;
    const predictions = await desk.predictor.predict(rows.map((row) => row.example));
    const accepted = predictions.flatMap((prediction, i) =>
      decideRoute(router, prediction, true).route === 'student'
        ? [prediction.output === rows[i]!.gold]
        : [],
    );
    expect(accepted.length / rows.length).toBeCloseTo(result.coverage, 0.9);
    // One draw of the promise; that it holds in 95 of 100 is for choose-threshold.test.ts and the bench.
    expect(accepted.filter((isRight) => !isRight).length / accepted.length).toBeLessThan(0.13);
    expect(decideRoute({ ...router, threshold: null }, predictions[0]!, true).route).toBe('person');
    expect(decideRoute(router, predictions[0]!, false).reason).toBe('invalid');
    const strange = { ...predictions[0]!, output: 'card', outlierScore: 9 };
    expect(decideRoute({ ...router, maxOutlierScore: 1 }, strange, true).reason).toBe(
      'unlike-training',
    );
  });

  test('is kept with the fingerprint of its data', () => {
    const kept = desk.store.routes.latest(desk.studentId)!;
    expect(kept.policy).toMatchObject({ threshold: result.threshold, calibrationRows: 600 });
    expect(kept.dataFingerprint).toBe(result.router.dataFingerprint);
  });

  test('without settled prices it saves nothing that it can name', () => {
    expect(result.savings).toMatchObject({ usdPer1000: 0, teacherUsdPer1000: null });
  });
});

test('an impossible target is an outcome in words with the rows that it takes', async () => {
  const desk = createDesk({ train: 100, calibration: 240, holdout: 0 });
  const result = await run(desk, { maxError: 0.01 });
  expect(result).toMatchObject({ threshold: null, coverage: 0, neededRows: 299 });
  expect(result.words).toMatch(
    /^1 % cannot be promised: even without an error it takes 299 answered calibration records; you have \d+/,
  );
  desk.store.close();
});

test('without a person the word "confident" is not used', async () => {
  const desk = createDesk({ train: 300, calibration: 500, holdout: 0 }, { gold: 'imported' });
  const result = await run(desk);
  expect(result.threshold).not.toBeNull();
  expect(result.goldAuthor).toBe('imported');
  expect(result.words).not.toMatch(/confident|guarantee/);
  expect(result.warnings[0]).toContain('not by a person');
  desk.store.close();
});

test('no calibration rows is an error with a remedy', async () => {
  const desk = createDesk({ train: 20, calibration: 0, holdout: 20 });
  await expect(run(desk)).rejects.toMatchObject({
    code: 'route.data',
    message: expect.stringContaining('split --calibration'),
  });
  desk.store.close();
});

describe('the endpoint of a student of calls', () => {
  const call = { name: 'book', arguments: { city: '', seats: 2 } };
  const answer = async (missing: readonly string[]) => {
    const predictor = {
      classes: [],
      predict: async () => [{ output: call, confidence: missing.length > 0 ? 0 : 0.9, missing }],
      close: async () => undefined,
    };
    const decide = () => ({ route: 'person', reason: 'incomplete' }) as const;
    const served = await serveStudent({ studentId: 's', predictor, decide }, 0);
    const ask = async (path: string, body: object) => {
      const options = { method: 'POST', body: JSON.stringify(body) };
      // Of what it is, the tests below say.
      return (await (await fetch(`${served.url}${path}`, options)).json()) as {
        readonly choices: readonly object[];
        readonly stillroom: object;
      };
    };
    const chat = await ask('/v1/chat/completions', { messages: [{ role: 'user', content: 'x' }] });
    const plain = await ask('/v1/predict', { text: 'x' });
    await served.close();
    return { chat, plain };
  };

  test('calls what it read, and nothing that lacks something', async () => {
    const whole = await answer([]);
    expect(whole.chat.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ function: { name: 'book' } }] },
    });
    const lacking = await answer(['city']);
    expect(lacking.chat.choices[0]).toEqual({
      index: 0,
      finish_reason: 'stop',
      message: { role: 'assistant', content: 'book is not called: city not found in the text.' },
    });
    expect(lacking.chat.stillroom).toMatchObject({ missing: ['city'], reason: 'incomplete' });
    // The object keeps its shape, and says what it lacks.
    expect(lacking.plain).toMatchObject({ output: call, missing: ['city'], route: 'person' });
  });
});

describe('the endpoint', () => {
  let desk: Desk;
  let listener: Awaited<ReturnType<typeof serveStudent>>;
  const decide = (prediction: Prediction) =>
    prediction.confidence >= 0.5
      ? ({ route: 'student', reason: 'sure' } as const)
      : ({ route: 'person', reason: 'unsure' } as const);

  beforeAll(async () => {
    desk = createDesk({ train: 200, calibration: 0, holdout: 0 });
    listener = await serveStudent(
      { studentId: 's', predictor: desk.predictor, decide, token: 'open' },
      0,
    );
  });
  afterAll(async () => {
    await listener.close();
    desk.store.close();
  });

  function post(path: string, body: unknown, headers: Record<string, string> = {}) {
    return fetch(`${listener.url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { authorization: 'Bearer open', ...headers },
    });
  }

  test('answers one text and many, with confidence and route', async () => {
    const one = await (await post('/v1/predict', { text: 'lost my card pin' })).json();
    expect(one).toMatchObject({ output: 'card', route: 'student' });
    const many = await post('/v1/predict', { inputs: [{ text: 'refund money' }, 'loan rate'] });
    expect(await many.json()).toMatchObject({
      outputs: [{ output: 'refund' }, { output: 'loan' }],
    });
  });

  test("speaks OpenAI's chat completions", async () => {
    const response = await post('/v1/chat/completions', {
      model: 'any',
      messages: [
        { role: 'system', content: 'Name the topic.' },
        { role: 'user', content: [{ type: 'text', text: 'mortgage interest rate' }] },
      ],
    });
    expect(await response.json()).toMatchObject({
      object: 'chat.completion',
      choices: [{ message: { role: 'assistant', content: 'loan' }, finish_reason: 'stop' }],
      stillroom: { route: 'student' },
    });
  });

  test.each([
    ['a body that is not JSON', '/v1/predict', '{', 400],
    ['a body of another shape', '/v1/predict', { texts: [] }, 400],
    ['no input', '/v1/predict', { inputs: [] }, 400],
    ['a chat without a user', '/v1/chat/completions', { messages: [] }, 400],
    ['an unknown path', '/v1/embeddings', {}, 404],
  ])('refuses %s', async (_, path, body, status) => {
    const response = await post(path, body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
  });

  test('asks for its token, but not for its health', async () => {
    expect((await post('/v1/predict', { text: 'x' }, { authorization: 'no' })).status).toBe(401);
    expect((await fetch(`${listener.url}/health`)).status).toBe(200);
  });

  test('a taken port is an error', async () => {
    await expect(
      serveStudent({ studentId: 's', predictor: desk.predictor, decide }, listener.port),
    ).rejects.toMatchObject({ code: 'app.usage' });
  });
});
