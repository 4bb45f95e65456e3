import type { Json } from '../../../shared/domain/json.ts';
import type { Work } from '../../lib/work.ts';
import { toInput } from '../../store/to-input.ts';
import type { Fact, FactKind } from '../../values/facts/fact.ts';
import { findNewFacts, type NewFacts } from '../../values/facts/find-new-facts.ts';
import { createKnownFacts, findConstantFacts } from '../../values/facts/known-facts.ts';
import { type CheckContext, defineCheck, type Score } from '../check.ts';
import { eachRow } from '../each-row.ts';

/** Shorter texts within an object are values, which `field-value` looks for in the text. */
const MIN_WORDS = 6;
/** Where so many outputs keep what their texts state, the one that leaves it out is odd. */
const USUALLY_KEPT = 0.8;
const MIN_KEPT = 20;
const INVENTED = 0.3;
const LEFT_OUT_ODDLY = 0.4;
const LEFT_OUT = 0.8;

export const newFactCheck = defineCheck({
  id: 'new-fact',
  title: 'Facts not in the text',
  explanation:
    'The output states a number, a date, an address or a code that neither its text nor the instructions give, and that few other outputs have: the teacher made it up, or looked it up where a student cannot. Correct the output, or dismiss the flag if it follows from the text. What an output leaves out of its text scores better, and is flagged only where others keep it.',
  taskKinds: ['rewrite', 'extract', 'tools'],
  threshold: 0.5,
  async run(context, work) {
    const rows = await compareRows(context, work);
    const constant = findConstantFacts(rows.map(({ invented }) => invented));
    const known = createKnownFacts({ constant });
    const usuallyKept = findUsuallyKept(rows);
    return rows.flatMap(({ exampleId, invented, dropped }): Score[] => {
      const made = invented.filter((fact) => !known.has(fact));
      if (made.length + dropped.length === 0) return [];
      const isOdd = dropped.some(({ kind }) => usuallyKept.has(kind));
      const leftOut = isOdd ? LEFT_OUT_ODDLY : LEFT_OUT;
      return [
        {
          exampleId,
          score: made.length > 0 ? INVENTED / made.length : leftOut,
          evidence: {
            invented: made.map(tell),
            dropped: dropped.map(tell),
            reasons: [
              ...made.map(
                ({ kind, surface }) =>
                  `States ${words[kind]} “${surface}”, which its text does not.`,
              ),
              ...dropped.map(({ kind, surface }) => `Leaves out ${words[kind]} “${surface}”.`),
            ],
            places: dropped.map(({ start, end }) => ({ kind: 'left out', start, end })),
          },
        },
      ];
    });
  },
});

const words: Readonly<Record<FactKind, string>> = {
  email: 'the address',
  url: 'the web address',
  code: 'the code',
  date: 'the date',
  time: 'the time',
  number: 'the number',
};

const tell = ({ kind, surface }: Fact): Json => ({ kind, surface });

interface Compared extends NewFacts {
  readonly exampleId: number;
}

async function compareRows({ task, examples }: CheckContext, work: Work): Promise<Compared[]> {
  const known = createKnownFacts({ text: task.instructions });
  const compared: Compared[] = [];
  await eachRow(examples, 'Comparing facts', work, (example) => {
    const { id, label } = example;
    const output = label?.isValid ? proseOf(label.output) : '';
    if (output === '') return;
    const found = findNewFacts(toInput(example), output, known);
    // An object keeps what it has fields for.
    const dropped = task.kind === 'rewrite' ? found.dropped : [];
    compared.push({ ...found, exampleId: id, dropped });
  });
  return compared;
}

/** The kinds of facts that nearly all outputs keep. */
function findUsuallyKept(rows: readonly Compared[]): Set<FactKind> {
  const counts = new Map<FactKind, { kept: number; all: number }>();
  const count = (facts: readonly Fact[], isKept: 0 | 1) => {
    for (const { kind } of facts) {
      const { kept, all } = counts.get(kind) ?? { kept: 0, all: 0 };
      counts.set(kind, { kept: kept + isKept, all: all + 1 });
    }
  };
  for (const { kept, dropped } of rows) {
    count(kept, 1);
    count(dropped, 0);
  }
  const usual = [...counts].filter(
    ([, { kept, all }]) => kept >= MIN_KEPT && kept >= USUALLY_KEPT * all,
  );
  return new Set(usual.map(([kind]) => kind));
}

/** An output that is a text, or the longer texts within it. */
function proseOf(output: Json, isWhole = true): string {
  if (typeof output === 'string')
    return isWhole || output.split(/\s+/).length >= MIN_WORDS ? output : '';
  if (output === null || typeof output !== 'object') return '';
  return Object.values(output)
    .map((value) => proseOf(value, false))
    .filter((text) => text !== '')
    .join('\n');
}
