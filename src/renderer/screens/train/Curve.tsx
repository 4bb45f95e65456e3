import type { CurvePoint } from '../../../shared/contract/jobs.ts';
import { sentenceCase } from '../../lib/format.ts';
import { LineChart, type Role } from '../../ui/chart/LineChart.tsx';
import classes from './Train.module.css';

const xNames = ['epoch', 'step'] as const;

/** camelCase as words. */
const words = (name: string) => sentenceCase(name.replaceAll(/([A-Z])/g, ' $1').toLowerCase());

/** Every point of the figures that the training reports, against its epochs. */
export function Curve({ points }: { readonly points: readonly CurvePoint[] }) {
  const xName = xNames.find((name) => points[0]?.[name] !== undefined);
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
