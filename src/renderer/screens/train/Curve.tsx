import type { CurvePoint } from '../../../shared/contract/jobs.ts';
import { sentenceCase } from '../../lib/format.ts';
import { LineChart, type Role } from '../../ui/chart/LineChart.tsx';
import classes from './Train.module.css';

const xNames = ['epoch', 'step'] as const;

/** camelCase as words. */
const words = (name: string) => sentenceCase(name.replaceAll(/([A-Z])/g, ' $1').toLowerCase());

/** One training fits several times, such as over folds; the curve is of the fit at work, or of the last. */
function lastRun(points: readonly CurvePoint[], xName: string): readonly CurvePoint[] {
  const start = points.findLastIndex(
    (point, index) => index > 0 && (point[xName] ?? 0) <= (points[index - 1]?.[xName] ?? 0),
  );
  return points.slice(Math.max(0, start));
}

/** Every point of the figures that the training reports, against its epochs. */
export function Curve({ points: all }: { readonly points: readonly CurvePoint[] }) {
  const xName = xNames.find((name) => all[0]?.[name] !== undefined);
  const points = xName ? lastRun(all, xName) : all;
  const names = Object.keys(points[0] ?? {}).filter((name) => name !== xName);
  const losses = names.filter((name) => /loss/i.test(name));
  const shares = names.filter((name) => /accuracy|f1|match/i.test(name));
  const seriesOf = (chosen: readonly string[], factor: number) =>
    chosen.map((name, index) => ({
      name: words(name),
      role: (index === 0 ? 'student' : 'teacher') as Role,
      hasDots: points.length < 30,
      points: points.flatMap((point, at) =>
        point[name] === undefined
          ? []
          : [[xName ? (point[xName] ?? at) : at, point[name] * factor] as const],
      ),
    }));
  const last = points.at(-1);
  return (
    <div className={classes.curves}>
      {losses.length > 0 && (
        <LineChart
          caption={`Loss by ${xName ?? 'report'}, now ${last?.[losses[0]!]?.toFixed(3) ?? ''}`}
          xTitle={sentenceCase(xName ?? 'report')}
          yTitle="Loss"
          series={seriesOf(losses, 1)}
        />
      )}
      {shares.length > 0 && (
        <LineChart
          caption={`Validation by ${xName ?? 'report'}`}
          xTitle={sentenceCase(xName ?? 'report')}
          yTitle="Right on validation, %"
          series={seriesOf(shares, 100)}
        />
      )}
    </div>
  );
}
