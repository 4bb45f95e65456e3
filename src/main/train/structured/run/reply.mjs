// From a call of a type of reply to the reply itself, where the student says replies.

// Where no type fits, nothing is said; where a value was not read, its name stands in brackets and the reply is incomplete.
export function sayReply(replies, answer) {
  if (!replies) return answer;
  const template = replies.find(({ name }) => name === answer.output?.name);
  if (!template) return { ...answer, output: '' };
  const values = answer.output.arguments;
  const slots = template.parts.flatMap((part) => part.slot ?? []);
  const missing = [...new Set(slots)].filter((slot) => !Object.hasOwn(values, slot));
  const say = (slot) => (Object.hasOwn(values, slot) ? values[slot] : `[${slot}]`);
  return {
    ...answer,
    output: template.parts.map((part) => (typeof part === 'string' ? part : say(part.slot))).join(''),
    replyType: template.name,
    missing,
    confidence: missing.length > 0 ? 0 : answer.confidence,
  };
}
