/** Whether one of the words stands in the text shortly before a place. `words` needs the flag i. */
export function hasCueBefore(text: string, start: number, words: RegExp, reach = 40): boolean {
  return words.test(text.slice(Math.max(0, start - reach), start));
}

/**
 * Whether the nearest telling word before a place speaks for it: the one closer to the number decides, so that
 * "call me about order 4471182930" is an order. Both patterns need the flags g and i.
 */
export function speaksFor(
  text: string,
  start: number,
  pro: RegExp,
  contra: RegExp,
  reach = 40,
): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  const lastPro = lastIndexOf(before, pro);
  return lastPro >= 0 && lastPro > lastIndexOf(before, contra);
}

/** Whether a telling word against stands before a place. */
export function speaksAgainst(text: string, start: number, contra: RegExp, reach = 30): boolean {
  return lastIndexOf(text.slice(Math.max(0, start - reach), start), contra) >= 0;
}

function lastIndexOf(text: string, words: RegExp): number {
  return [...text.matchAll(words)].at(-1)?.index ?? -1;
}

/** Words that say that a number counts things or names a case, not a person. */
export const caseWords =
  /\b(?:orders?|invoice|inv|ticket|ref|reference|tracking|parcel|shipment|case|claim|booking|reservation|confirmation|transaction|txn|payment|policy|contract|serial|isbn|issn|article|item|sku|part|model|version|product|customer|account|user|member|loyalty|amount|total|sum|price|balance|zip|postcode|bestell\w*|rechnung\w*|auftrag\w*|commande|facture|pedido|factura|ordine|fattura)\b/gi;
