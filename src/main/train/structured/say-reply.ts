import type { Prediction } from '../../../shared/domain/prediction.ts';
import {
  NO_REPLY,
  type ReplyTemplate,
  renderReply,
  slotsOf,
} from '../../../shared/domain/reply.ts';

/**
 * A call of a type of reply as the reply itself. Where no type fits there is none; where a value was not read, its name
 * stands in brackets and the reply is incomplete, so that nobody is sent a guess.
 */
export function sayReply(templates: readonly ReplyTemplate[], call: Prediction): Prediction {
  // The form that these calls are of has templates for frames, and texts for values.
  const filled = call.output as {
    readonly name: string;
    readonly arguments: Readonly<Record<string, string>>;
  } | null;
  const template = templates.find(({ name }) => name === filled?.name);
  if (!filled || !template) return { ...call, output: NO_REPLY };
  const values = filled.arguments;
  const missing = slotsOf(template).filter((slot) => !Object.hasOwn(values, slot));
  return {
    ...call,
    output: renderReply(template, values),
    replyType: template.name,
    missing,
    confidence: missing.length > 0 ? 0 : call.confidence,
  };
}
