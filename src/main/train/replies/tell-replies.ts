import type { ReplyLearning } from '../../../shared/contract/train.ts';
import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import type { TypedReply } from './find-reply-types.ts';
import { isApproved, type RepliedRow } from './replied-row.ts';

/** Of rows that follow no type so many are named, for a person to look at. */
const MOST_NAMED = 100;

/** How the replies of the rows follow the types that were found. Shapes: replies as rows. */
export function tellReplies(
  templates: readonly ReplyTemplate[],
  replies: readonly (TypedReply | undefined)[],
  rows: readonly RepliedRow[],
): ReplyLearning {
  const followers = templates.map((_, type) =>
    rows.filter((__, r) => replies[r]?.type === type && replies[r].isGrounded),
  );
  const others = rows.filter((_, r) => replies[r] === undefined);
  return {
    rows: rows.length,
    following: followers.reduce((sum, own) => sum + own.length, 0),
    withUnknownValue: replies.filter((reply) => reply && !reply.isGrounded).length,
    types: templates.map((template, type) => ({
      ...template,
      rows: followers[type]!.length,
      approvedRows: followers[type]!.filter(isApproved).length,
      exampleId: followers[type]![0]!.example.externalId, // a type has rows
    })),
    others: others.slice(0, MOST_NAMED).map(({ example }) => example.externalId),
  };
}
