const refusal =
  /\b(?:i['’]?m (?:very |really )?sorry|i am (?:very |really )?sorry|sorry,? (?:but )?i|i apologi[sz]e|i (?:can(?:no|['’])t|cannot|can not|won['’]t|will not|am (?:not able|unable)) (?:help|assist|answer|comply|provide|do|classify|process|fulfil|engage|discuss|respond|complete|with)|i['’]m (?:not able|unable) to|unable to (?:help|assist|comply|provide|fulfil|answer|process)|as an ai\b|against my (?:policy|policies|guidelines)|not comfortable)/i;

/** Whether the words of a reply decline to answer. */
export function isRefusal(text: string): boolean {
  return refusal.test(text.slice(0, 600));
}
