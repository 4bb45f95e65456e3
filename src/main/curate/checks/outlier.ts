import type { Example } from '../../store/examples.ts';
import { type CheckContext, defineCheck, isOddOnPurpose, type Score } from '../check.ts';
import { eachRow } from '../each-row.ts';
import { findDamage } from '../outliers/find-damage.ts';
import { createLanguageJudge, readWriting } from '../outliers/languages.ts';
import { createLengthJudge } from '../outliers/lengths.ts';
import { createTripleJudge } from '../outliers/letter-triples.ts';
import type { Oddity } from '../outliers/oddity.ts';

/** With fewer letters and digits there is nothing to answer. */
const MIN_CHARACTERS = 2;

export const outlierCheck = defineCheck({
  id: 'outlier',
  title: 'Odd texts',
  explanation:
    'The text is unlike the others: far longer or shorter than those of its label, in another language or script, nearly empty, typed at random, or spoilt by a wrong encoding. It may be right all the same; set it aside if it is no message of the kind that the student will get.',
  threshold: 0.5,
  async run(context, work) {
    const kept = context.examples.filter(
      (example) => example.status !== 'rejected' && !isOddOnPurpose(example, context.tools),
    );
    const languages = createLanguageJudge();
    const triples = createTripleJudge();
    await eachRow(kept, 'Reading what is usual', work, ({ text }) => {
      languages.learn(readWriting(text));
      triples.learn(text);
    });
    const judgeLength = createLengthJudge(
      Int32Array.from(kept, ({ text }) => text.trim().length),
      kept.map((example) => classOf(context, example)),
    );
    await eachRow(kept, 'Measuring what is usual', work, ({ text }) => triples.measure(text));
    const scores: Score[] = [];
    let row = 0;
    await eachRow(kept, 'Looking for odd texts', work, ({ id, text }) => {
      const oddities = [
        judgeLength(row++),
        judgeEmptiness(text),
        languages.judge(readWriting(text)),
        ...findDamage(text),
      ].filter((oddity) => oddity !== undefined);
      // What is foreign or spoilt is new in its letters, too.
      const isExplained = oddities.some(({ kind }) => kind !== 'length');
      const gibberish = isExplained ? undefined : triples.judge(text);
      if (gibberish) oddities.push(gibberish);
      if (oddities.length > 0) scores.push(toScore(id, oddities));
    });
    return scores;
  },
});

function toScore(exampleId: number, oddities: readonly Oddity[]): Score {
  const sorted = oddities.toSorted((a, b) => a.score - b.score);
  return {
    exampleId,
    score: sorted[0]!.score,
    evidence: {
      kinds: sorted.map(({ kind }) => kind),
      reasons: sorted.map(({ reason }) => reason),
      places: sorted.flatMap(({ place }) => place ?? []),
    },
  };
}

/** Lengths are compared within a label, or among all rows where outputs are no labels. */
function classOf({ task }: CheckContext, { label }: Example): string {
  return task.kind === 'classify' && label?.isValid ? String(label.output) : '';
}

function judgeEmptiness(text: string): Oddity | undefined {
  const count = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (count >= MIN_CHARACTERS) return undefined;
  const reason =
    count === 0 ? 'Has no letter and no digit.' : 'Has one letter or digit and nothing else.';
  return { kind: 'empty', score: 0, reason };
}
