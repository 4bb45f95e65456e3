import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A decision as `review decide --file` reads it. */
interface Decision {
  readonly id: string;
  readonly verdict: 'correct';
  readonly output: string;
  readonly reviewer: string;
}

/** The people of the sample: they answer with the label that the data sets' authors gave. */
export const samplePeople = 'sample reviewers (dataset authors)';

/** What the sample's people say of the rows that the review queue asks about, one decision a line. */
export function recordedDecisions(sampleFolder: string, ids: readonly string[]): string {
  const lines = readFileSync(join(sampleFolder, 'truth.jsonl'), 'utf8').trimEnd().split('\n');
  const truth = new Map(
    lines.map((line) => {
      const { id, label } = JSON.parse(line) as { id: string; label: string };
      return [id, label] as const;
    }),
  );
  const decisions = ids.flatMap((id): Decision[] => {
    const output = truth.get(id);
    return output === undefined ? [] : [{ id, verdict: 'correct', output, reviewer: samplePeople }];
  });
  return decisions.map((decision) => `${JSON.stringify(decision)}\n`).join('');
}
