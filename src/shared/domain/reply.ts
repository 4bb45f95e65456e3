/** A piece of a reply: words as they are said, or the place of a value by its name. */
export type ReplyPart = string | { readonly slot: string };

/** A type of reply: words of a house, and between them the values that each text gives anew. */
export interface ReplyTemplate {
  /** Words that set it apart from the others; unique among the types of a student. */
  readonly name: string;
  readonly parts: readonly ReplyPart[];
}

/** What a student says where no reply of the house fits: a person or the teacher answers. */
export const NO_REPLY = '';

/** The reply with its values put in. A value that is not there is shown as its name in brackets, and is never sent. */
export function renderReply(
  { parts }: ReplyTemplate,
  values: Readonly<Record<string, string>>,
): string {
  return parts
    .map((part) =>
      typeof part === 'string'
        ? part
        : Object.hasOwn(values, part.slot)
          ? values[part.slot]!
          : `[${part.slot}]`,
    )
    .join('');
}

/** The names of a type's values, each once, in the order in which they are said. */
export function slotsOf({ parts }: ReplyTemplate): string[] {
  return [...new Set(parts.flatMap((part) => (typeof part === 'string' ? [] : [part.slot])))];
}
