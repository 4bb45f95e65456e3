import type { EvaluationReport } from '../../../shared/contract/evaluate.ts';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Evaluate.module.css';

const MOST = 12;

/** A real table over the labels that take part in the most confusions: rows are right, columns what was said. */
export function ConfusionMatrix({ report }: { readonly report: EvaluationReport }) {
  const labels = confusedLabels(report);
  if (labels.length < 2) return null;
  const pairs = new Map(
    report.confusion.map((pair) => [`${pair.given}\n${pair.answered}`, pair] as const),
  );
  const rows = new Map(report.classes.map((one) => [one.label, one] as const));
  return (
    <Panel title={`Confusion among the ${labels.length} most confused labels`}>
      <section
        className={classes.matrixBox}
        aria-label="Confusion table"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
        tabIndex={0}
      >
        <table className={classes.matrix}>
          <caption>
            Rows: the right answer. Columns: what the student said. Records and, below, percent of
            the row.
          </caption>
          <thead>
            <tr>
              <td />
              {labels.map((label) => (
                <th key={label} scope="col">
                  <span>{label}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((given) => {
              const n = rows.get(given)?.n ?? 0;
              const right = rows.get(given)?.recall?.value ?? 0;
              return (
                <tr key={given}>
                  <th scope="row">{given}</th>
                  {labels.map((answered) => {
                    const isRight = given === answered;
                    const share = isRight
                      ? right
                      : (pairs.get(`${given}\n${answered}`)?.share ?? 0);
                    const cell = isRight
                      ? Math.round(right * n)
                      : (pairs.get(`${given}\n${answered}`)?.n ?? 0);
                    const tint = { '--share': `${Math.round(share * 55)}%` } as React.CSSProperties;
                    return (
                      <td key={answered} data-right={isRight} data-empty={cell === 0} style={tint}>
                        {cell === 0 ? '·' : cell}
                        {cell > 0 && <small>{Math.round(share * 100)} %</small>}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}

/** The labels of the biggest confusions, in the order in which they come up. */
function confusedLabels({ confusion, classes: all }: EvaluationReport): readonly string[] {
  const known = new Set(all.map(({ label }) => label));
  if (known.size <= MOST) return [...known];
  const labels = new Set<string>();
  for (const { given, answered } of confusion) {
    if (labels.size >= MOST - 1) break;
    for (const label of [given, answered]) if (known.has(label)) labels.add(label);
  }
  return [...labels].slice(0, MOST);
}
