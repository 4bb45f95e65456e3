import { type ReplyTemplate, renderReply, slotsOf } from '../../../shared/domain/reply.ts';
import { findFacts } from '../facts/find-facts.ts';
import { createReplyReader } from './read-reply.ts';

export interface ProposedReply {
  readonly name: string;
  /** In the words of its type; a value that is not known stands as its name in brackets. */
  readonly reply: string;
}

const kindOf = (slot: string) => slot.replace(/ [0-9]+$/, '');

/**
 * What each type would say to a text: with the values of the reply that it has, and otherwise with the text's only fact
 * of the kind. The type of the reply that it has comes first.
 */
export function proposeReplies(
  templates: readonly ReplyTemplate[],
  text: string,
  given: string | undefined,
): ProposedReply[] {
  const read = given === undefined ? undefined : createReplyReader(templates)(given);
  const said = new Map(read?.values.map(({ slot, value }) => [slot, value]));
  const { facts } = findFacts(text);
  const toValue = (slot: string): string | undefined => {
    const kind = kindOf(slot) === 'amount' ? 'number' : kindOf(slot);
    const own = facts.filter((fact) => fact.kind === kind);
    return said.get(slot) ?? (own.length === 1 ? own[0]!.surface : undefined);
  };
  const proposals = templates.map((template) => {
    const values = slotsOf(template).flatMap((slot) => {
      const value = toValue(slot);
      return value === undefined ? [] : [[slot, value] as const];
    });
    return { name: template.name, reply: renderReply(template, Object.fromEntries(values)) };
  });
  const first = read && proposals[read.type];
  return first ? [first, ...proposals.filter((one) => one !== first)] : proposals;
}
