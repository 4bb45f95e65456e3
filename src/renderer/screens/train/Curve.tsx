import type { CurvePoint } from '../../../shared/contract/jobs.ts';
import { count, duration } from '../../lib/format.ts';
import { LineChart } from '../../ui/chart/LineChart.tsx';
import { Figure } from '../../ui/Panel.tsx';
import classes from './Train.module.css';

/** One training fits several times, such as over folds; the curve is of the fit at work, or of the last. */
function lastFit(points: readonly CurvePoint[]): readonly CurvePoint[] {
  const start = points.findLastIndex(
    (point, index) => index > 0 && (point.epoch ?? 0) < (points[index - 1]?.epoch ?? 0),
  );
  return points.slice(Math.max(0, start));
}

/** The mean loss of each epoch; of the one at work, so far. */
function byEpoch(points: readonly CurvePoint[]): [number, number][] {
  const losses = new Map<number, number>();
  for (const { epoch, loss } of points)
    if (epoch !== undefined && loss !== undefined) losses.set(epoch, loss);
  return [...losses];
}

const MIN_EPOCHS = 2;
/** The axis grows by so many at a time, not with every point. */
const EPOCHS_AHEAD = 5;

/** How the loss falls, how fast it goes and how long it still takes. */
export function Curve({ points: all }: { readonly points: readonly CurvePoint[] }) {
  const points = lastFit(all);
  const losses = byEpoch(points);
  const last = points.at(-1);
  if (!last) return null;
  const first = losses[0]?.[1];
  const now = losses.at(-1)?.[1];
  return (
    <div className={classes.live}>
      <div className={classes.figures}>
        <Figure label="Epoch" value={last.epoch ?? '–'} />
        <Figure label="Loss, nats a record" value={now === undefined ? '–' : now.toFixed(3)} />
        {last.examplesPerSecond !== undefined && (
          <Figure label="Records a second" value={count(Math.round(last.examplesPerSecond))} />
        )}
        {last.secondsLeft !== undefined && (
          <Figure label="This step, left" value={duration(last.secondsLeft)} />
        )}
      </div>
      {losses.length >= MIN_EPOCHS && first !== undefined && now !== undefined && (
        <LineChart
          caption={`Loss by epoch, from ${first.toFixed(2)} to ${now.toFixed(2)}. Lower is better; it says how well the training records are learnt, not how good the student is.`}
          xTitle="Epoch"
          yTitle="Loss, nats a record"
          isXWhole
          xDomain={[
            1,
            Math.ceil(Math.max(...losses.map(([epoch]) => epoch)) / EPOCHS_AHEAD) * EPOCHS_AHEAD,
          ]}
          yDomain={[0, Math.max(...losses.map(([, loss]) => loss)) * 1.05]}
          series={[
            { name: 'Training', role: 'student', hasDots: losses.length <= 40, points: losses },
          ]}
        />
      )}
    </div>
  );
}
