import type { Author, Split } from '../../shared/domain/example.ts';
import { and, equals, not } from '../../shared/domain/filter.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { createExamples, Example } from './examples.ts';
import type { createLabels } from './labels.ts';

/** Whose word can count as right, best first. */
export const goldAuthors = ['human', 'imported', 'teacher'] as const satisfies readonly Author[];
export type GoldAuthor = (typeof goldAuthors)[number];

export interface GoldRow {
  readonly example: Example;
  readonly gold: Json;
}

export interface Gold {
  readonly author: GoldAuthor;
  /** In order of id; only rows that have an answer of that author. */
  readonly rows: readonly GoldRow[];
}

/** The answers that students and teachers are measured against. */
export function createGold(
  examples: Pick<ReturnType<typeof createExamples>, 'list'>,
  labels: Pick<ReturnType<typeof createLabels>, 'byAuthor'>,
) {
  return {
    /**
     * Answers of the best author by whom, or by a better one, at least half of the answered rows have one: a person
     * who has looked at a few rows, the doubtful ones first, must not make those few the whole measure.
     */
    of(split: Split): Gold | undefined {
      const rows = examples.list(and(equals('split', split), not(equals('status', 'rejected'))));
      const lastBy = new Map(goldAuthors.map((author) => [author, lastOutputs(labels, author)]));
      const goldOf = (example: Example, authors: readonly GoldAuthor[]): Json | undefined => {
        const author = authors.find((each) => lastBy.get(each)!.has(example.id));
        // The current label of a teacher is the vote of its answers, not the last one.
        return author !== undefined && author === example.label?.author
          ? example.label.output
          : author && lastBy.get(author)!.get(example.id);
      };
      const answered = rows.filter((example) => goldOf(example, goldAuthors) !== undefined).length;
      for (const [i, author] of goldAuthors.entries()) {
        const found = rows.flatMap((example) => {
          const gold = goldOf(example, goldAuthors.slice(0, i + 1));
          return gold === undefined ? [] : [{ example, gold }];
        });
        if (found.length > 0 && 2 * found.length >= answered) return { author, rows: found };
      }
      return undefined;
    },
  };
}

function lastOutputs(
  labels: Pick<ReturnType<typeof createLabels>, 'byAuthor'>,
  author: GoldAuthor,
): ReadonlyMap<number, Json> {
  const valid = labels.byAuthor(author).filter((label) => label.isValid);
  return new Map(valid.map((label) => [label.exampleId, label.output]));
}
