import type { ReplyTemplate } from '../../../shared/domain/reply.ts';
import { findFacts } from '../../values/facts/find-facts.ts';
import type { DraftType } from './draft-types.ts';

/** From this share of a slot's values on, what they are is what the slot is called. */
const MOSTLY = 0.6;
const namePattern = /^\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{Lu}[\p{L}\p{M}'’.-]*){0,3}$/u;
/** Kinds whose values look alike wherever they stand, so that all types may share the slot. */
const alike: readonly string[] = ['name', 'email', 'url', 'code'];
const money = /[$€£¥₹]|\b(?:usd|eur|gbp|dollars?|euros?|pounds?|yen|rupees?|francs?)\b/iu;

/**
 * Drafts with named slots. Slots of several types that hold the same kind of value, written alike, are one: what is learnt
 * of it in one type helps in the others. Other stretches of words are a slot of their type alone.
 */
export function nameSlots(drafts: readonly DraftType[]): Omit<ReplyTemplate, 'name'>[] {
  const known = new Map<string, string>();
  const taken = new Set<string>();
  return drafts.map(({ parts, values }, type) => {
    const ordinals = new Map<string, number>();
    const names = values.map((own) => {
      const kind = kindOf(own);
      const shape = kind === 'words' ? `of type ${type}` : alike.includes(kind) ? '' : shapeOf(own);
      const ordinal = (ordinals.get(kind) ?? 0) + 1;
      ordinals.set(kind, ordinal);
      const key = `${kind} ${ordinal} ${shape}`;
      const name = known.get(key) ?? freeName(kind, taken);
      known.set(key, name);
      return name;
    });
    return {
      parts: parts.map((part) => (typeof part === 'string' ? part : { slot: names[part]! })),
    };
  });
}

function freeName(kind: string, taken: Set<string>): string {
  let name = kind;
  for (let n = 2; taken.has(name); n++) name = `${kind} ${n}`;
  taken.add(name);
  return name;
}

function kindOf(values: readonly string[]): string {
  const kinds = values.map((value): string => {
    const [fact, more] = findFacts(value).facts;
    if (fact && !more && fact.start === 0 && fact.end === value.length)
      return fact.kind === 'number' && money.test(value) ? 'amount' : fact.kind;
    return namePattern.test(value) ? 'name' : 'words';
  });
  const [most] = [...Map.groupBy(kinds, (kind) => kind)].sort((a, b) => b[1].length - a[1].length);
  return most && most[1].length >= MOSTLY * values.length ? most[0] : 'words';
}

/** How the most of the values are written: "12 March" and "3 May" as "9 a", "£5.00" as "£9.9". */
function shapeOf(values: readonly string[]): string {
  const shapes = Map.groupBy(values, (value) =>
    value.replace(/\p{L}+/gu, 'a').replace(/[0-9]+/g, '9'),
  );
  return [...shapes].reduce((best, own) => (own[1].length > best[1].length ? own : best))[0];
}
