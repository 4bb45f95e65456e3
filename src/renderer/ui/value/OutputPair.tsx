import { IconEqual, IconEqualNot, IconMinus, IconPlus } from '@tabler/icons-react';
import type { Json } from '../../../shared/domain/json.ts';
import { useForm } from '../../lib/use-form.ts';
import { type ComparedField, compareOutputs } from './compare-outputs.ts';
import classes from './Value.module.css';

interface Props {
  readonly label: string;
  readonly first: Json;
  readonly second: Json;
  readonly firstTitle: string;
  readonly secondTitle: string;
  /** Names of fields that the text did not give to the second. */
  readonly missing?: readonly string[];
}

/** Two outputs side by side, field by field: what differs is told by a mark and a word, not by colour alone. */
export function OutputPair({ label, first, second, firstTitle, secondTitle, missing }: Props) {
  const rows = compareOutputs(first, second, useForm(), missing);
  return (
    <table className={classes.pair} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">{firstTitle}</th>
          <th scope="col">{secondTitle}</th>
          <th scope="col">
            <span className="visually-hidden">Compared</span>
          </th>
        </tr>
      </thead>
      <tbody data-record>
        {rows.map((row) => (
          <tr key={row.label} data-same={row.isSame}>
            <th scope="row">{row.label}</th>
            <td>{row.first ?? <span className={classes.nothing}>–</span>}</td>
            <td>{row.second ?? <span className={classes.nothing}>–</span>}</td>
            <td className={classes.verdict}>
              <Verdict {...row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Verdict({ first, second, isSame }: ComparedField) {
  const [Icon, word] = isSame
    ? [IconEqual, 'same']
    : first === undefined
      ? [IconPlus, 'added']
      : second === undefined
        ? [IconMinus, 'left out']
        : [IconEqualNot, 'differs'];
  return (
    <span data-same={isSame}>
      <Icon size={14} aria-hidden /> {word}
    </span>
  );
}
