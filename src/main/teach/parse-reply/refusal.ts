const refusal =
  /\b(?:i['’]?m (?:very |really )?sorry|i am (?:very |really )?sorry|sorry,? (?:but )?i|i apologi[sz]e|i (?:can(?:no|['’])t|cannot|can not|won['’]t|will not|am (?:not able|unable)) (?:help|assist|answer|comply|provide|do|classify|process|fulfil|engage|discuss|respond|complete|with)|i['’]m (?:not able|unable) to|unable to (?:help|assist|comply|provide|fulfil|answer|process)|as an ai\b|against my (?:policy|policies|guidelines)|not comfortable)/i;

/** Whether the words of a reply decline to answer. */
export function isRefusal(text: string): boolean {
  return refusal.test(text.slice(0, 600));
}

const declined =
  /^(?:(?:i['’]?m|i am) (?:very |really |so )?sorry|sorry|i apologi[sz]e|unfortunately|as an ai[^.,]{0,40})?[\s,.]{0,3}(?:but )?(?:as an ai[^.,]{0,40}, )?i(?:['’]m| am)? (?:can(?:no|['’])t|cannot|can not|won['’]t|will not|not able to|unable to) (?:help|assist|comply|answer|process|fulfil|engage|provide|do|complete|respond)(?: you)?(?: (?:with|to))? (?:(?:that|this|your|the) request|that|this|it)(?=\s*(?:[.,;!]|$))|\bas an ai (?:language )?(?:model|assistant)\b|\bagainst my (?:policy|policies|guidelines)\b/i;

/** Whether a text that could be the answer declines to give one: a desk is sorry, too, and says what it cannot do. */
export function isRefusalToWrite(text: string): boolean {
  return declined.test(text.trim().slice(0, 600));
}
