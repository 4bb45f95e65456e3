import { createRng } from '../../src/main/lib/rng.ts';
import { forbidTelemetry } from '../../src/main/onnx/no-telemetry.ts';
import { readDecoder } from '../../src/main/train/backbones/decoder/decoder.ts';
import { joinLists } from '../../src/main/train/trainer/examples.ts';
import { estimateBytes } from '../../src/main/train/trainer/memory.ts';
import { runPlan } from '../../src/main/train/trainer/run-plan.ts';
import { planAdapters } from '../../src/main/train/writer/fit-adapters.ts';
import { createGenerator } from '../../src/main/train/writer/generate.ts';
import { withChanges } from '../../src/main/train/writer/settings.ts';
import { makeDecoder, smolStyle } from '../fixtures/decoders/make-decoder.ts';
import type { Row } from './row.ts';

const ROWS = 32;
const [PROMPT, WRITTEN] = [60, 40];

/** Speed and memory of a writer on a random model of SmolLM2-135M's size, one thread. It says nothing of quality. */
export default {
  id: 'writer',
  async run(): Promise<readonly Row[]> {
    forbidTelemetry();
    const rows: Row[] = [];
    const bytes = makeDecoder(smolStyle);
    let before = cpuSeconds();
    const lap = (name: string, unit = 'CPU s', of = (spent: number) => spent) => {
      const now = cpuSeconds();
      rows.push({ name, value: of(now - before), unit });
      before = now;
    };
    const decoder = await readDecoder(bytes);
    lap(`reading a model of ${(bytes.length / 1e6).toFixed(0)} MB`);
    // Of one length, so that the graph is loaded once.
    const rng = createRng(1);
    const ids = () =>
      Array.from({ length: PROMPT + WRITTEN }, () => Math.floor(rng.next() * 49_152));
    const texts = Array.from({ length: ROWS }, ids);
    const examples = {
      count: ROWS,
      weights: new Float32Array(ROWS).fill(1),
      targets: {
        starts: new Int32Array(ROWS + 1),
        classes: new Int32Array(),
        shares: new Float32Array(),
      },
      tokens: joinLists(texts),
      saidFrom: new Int32Array(ROWS).fill(PROMPT),
    };
    const settings = withChanges({ epochs: 1 });
    const options = { settings, seed: 1, threads: 1 };
    const plan = await planAdapters(decoder, examples, undefined, options);
    lap('making the graphs of one length');
    await runPlan(plan, {
      isCancelled: () => false,
      isFinishing: () => false,
      report: () => undefined,
      save: undefined,
    });
    const tokens = ROWS * (PROMPT + WRITTEN);
    lap(
      `training, ${tokens} tokens, ${plan.batchSize} rows a batch`,
      'tokens a CPU s',
      (spent) => tokens / spent,
    );
    rows.push({
      name: 'memory that the training is said to need',
      value: estimateBytes(plan) / 1e9,
      unit: 'GB',
    });
    const generator = await createGenerator(bytes, { ...decoder, threads: 1 });
    lap('loading it to write');
    await generator.write(texts[0]!.slice(0, PROMPT), { stopIds: [], mostTokens: WRITTEN });
    lap(`a prompt of ${PROMPT} tokens, ${WRITTEN} written`);
    await generator.close();
    const most = process.resourceUsage().maxRSS / 1024 ** 2;
    rows.push({ name: 'most memory of the process', value: most, unit: 'GB' });
    return rows;
  },
};

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
