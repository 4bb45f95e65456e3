import type { ConfusedPair } from '../../../shared/contract/evaluate.ts';
import { type Markup, markup } from './markup.ts';

const MOST_LABELS = 14;

/** Rows given, columns answered; with many labels, those that are confused most. */
export function confusionTable(pairs: readonly ConfusedPair[]): {
  readonly table: Markup;
  readonly shown: number;
  readonly labels: number;
} {
  const wrong = new Map<string, number>();
  const all = new Set<string>();
  for (const { given, answered, n } of pairs) {
    all.add(given).add(answered);
    if (given === answered) continue;
    wrong.set(given, (wrong.get(given) ?? 0) + n);
    wrong.set(answered, (wrong.get(answered) ?? 0) + n);
  }
  const labels = [...all]
    .sort((a, b) => (wrong.get(b) ?? 0) - (wrong.get(a) ?? 0))
    .slice(0, MOST_LABELS)
    .sort();
  const cells = new Map(pairs.map((pair) => [`${pair.given}\n${pair.answered}`, pair]));
  const cell = (given: string, answered: string) => {
    const pair = cells.get(`${given}\n${answered}`);
    if (!pair) return markup`<td class="zero">0</td>`;
    const colour = given === answered ? '--student' : '--caution';
    // Text keeps its contrast of 4.5 up to 45 % of either colour, in light and dark.
    const strength = Math.round(10 + 35 * Math.sqrt(pair.share));
    return markup`<td style="background:color-mix(in srgb, var(${colour}) ${strength}%, var(--ground))" title="${Math.round(pair.share * 100)} % of ${given}">${pair.n}</td>`;
  };
  return {
    shown: labels.length,
    labels: all.size,
    table: markup`<table class="confusion"><thead><tr><th class="corner">given ↓ &nbsp; answered →</th>${labels.map((label) => markup`<th scope="col" title="${label}"><div>${label}</div></th>`)}</tr></thead>
<tbody>${labels.map((given) => markup`<tr><th scope="row" title="${given}">${given}</th>${labels.map((answered) => cell(given, answered))}</tr>`)}</tbody></table>`,
  };
}
