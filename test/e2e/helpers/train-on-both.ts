import { forbidTelemetry } from '../../../src/main/onnx/no-telemetry.ts';
import { runPlan } from '../../../src/main/train/trainer/run-plan.ts';
import type { Provider } from '../../../src/shared/domain/provider.ts';
import { tinyPlan, tinyPlanInHalves } from '../../helpers/tiny-plan.ts';

/* A program of its own, since a process looks for graphics cards once: prints how far trainings on both differ. */

forbidTelemetry();
const host = {
  isCancelled: () => false,
  isFinishing: () => false,
  report: () => undefined,
  save: undefined,
};

for (const plan of [tinyPlan, tinyPlanInHalves]) {
  const train = (provider: Provider) => runPlan(plan({ epochs: 2, provider }), host);
  const [processor, card] = [await train('cpu'), await train('webgpu')];
  const differences = Object.entries(processor.arrays).map(([name, values]) =>
    values.reduce((most, value, i) => Math.max(most, Math.abs(value - card.arrays[name]![i]!)), 0),
  );
  process.stdout.write(`${Math.max(...differences)}\n`);
}
