import { readPackageFile } from './package-files.ts';

/** A piece and its log probability. */
export type ScoredPiece = readonly [piece: string, score: number];

/** The first ids are SentencePiece's own: unknown, begin, end and three spare ones. */
export const reservedIds = 6;

/** Scores become multiples of this: then their sums are exact, and equal paths tie in every implementation. */
const scoreStep = 2 ** -20;

/**
 * The 8,000 pieces by id. The package lost nine scores: seven are null (":", "://", ":)" ...) and two
 * became numbers of minutes (":30" has 30). Pieces are in order of score, so those lie between their neighbours'.
 * Reserved ids get texts that cannot occur (a space becomes "▁" before pieces are looked up), so that a
 * text can't spell them, and the lowest score, which leaves the lowest real one the lowest.
 * @throws AppError `file.missing`, `file.malformed`
 */
export function readVocabulary(): readonly ScoredPiece[] {
  // Safe: readPackageFile has compared the file's hash with the one whose shape this is.
  const raw = JSON.parse(
    Buffer.from(readPackageFile('vocab.json')).toString('utf8'),
  ) as readonly (readonly [string, number | null])[];
  const scores = repairScores(raw.slice(reservedIds).map(([, score]) => score));
  const lowest = Math.min(...scores);
  return raw.map(([piece], id) =>
    id < reservedIds ? [`reserved ${id}`, lowest] : [piece, scores[id - reservedIds]!],
  );
}

function repairScores(scores: readonly (number | null)[]): readonly number[] {
  const isIntact = (score: number | null | undefined) => typeof score === 'number' && score < 0;
  return scores.map((score, i) => {
    const between = () => {
      const before = scores.findLastIndex((other, at) => at < i && isIntact(other));
      const after = scores.findIndex((other, at) => at > i && isIntact(other));
      return (scores[before]! + scores[after]!) / 2; // the first and the last piece are intact
    };
    return Math.round((isIntact(score) ? score! : between()) / scoreStep) * scoreStep;
  });
}
