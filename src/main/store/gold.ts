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
    /** A person's answers where a split has any, else imported ones, else the teacher's; undefined without any. */
    of(split: Split): Gold | undefined {
      const rows = examples.list(and(equals('split', split), not(equals('status', 'rejected'))));
      for (const author of goldAuthors) {
        const last = new Map(
          labels
            .byAuthor(author, split)
            .filter((label) => label.isValid)
            .map((label) => [label.exampleId, label.output]),
        );
        const found = rows.flatMap((example) => {
          // The current label of a teacher is the vote of its answers, not the last one.
          const gold =
            author === example.label?.author ? example.label.output : last.get(example.id);
          return gold === undefined || !last.has(example.id) ? [] : [{ example, gold }];
        });
        if (found.length > 0) return { author, rows: found };
      }
      return undefined;
    },
  };
}
