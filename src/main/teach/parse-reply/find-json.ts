import { jsonrepair } from 'jsonrepair';
import type { Json } from '../../../shared/domain/json.ts';
import type { Repair } from './parsed-reply.ts';

/** A JSON value found in a reply, with what had to be done to read it. */
export interface FoundJson {
  readonly value: Json;
  readonly source: string;
  readonly isCutOff: boolean;
  readonly repairs: readonly Repair[];
}

const MAX_REPAIR_CHARS = 200_000;
const fence = /```[ \t]*(?:json|javascript|js)?[ \t]*\r?\n?([\s\S]*?)(?:```|$)/gi;

/** The JSON values in a reply: all of it, else what is in code fences, else every object or array among the words. */
export function findJson(text: string): FoundJson[] {
  const whole = parse(text);
  if (whole !== undefined) return [{ value: whole, source: text, isCutOff: false, repairs: [] }];
  const fenced = [...text.matchAll(fence)].map((match) => match[1]!.trim());
  for (const inside of fenced) {
    const found = readSpans(inside, ['fence']);
    if (found.length > 0) return found;
  }
  const isOnlyJson = /^[[{]/.test(text) && /[\]}]$/.test(text);
  return readSpans(text, isOnlyJson || /^[[{]/.test(text) ? [] : ['prose']);
}

function readSpans(text: string, repairs: readonly Repair[]): FoundJson[] {
  const whole = parse(text);
  if (whole !== undefined) return [{ value: whole, source: text, isCutOff: false, repairs }];
  return findSpans(text).flatMap(({ source, isCutOff }): FoundJson[] => {
    const strict = isCutOff ? undefined : parse(source);
    if (strict !== undefined) return [{ value: strict, source, isCutOff, repairs }];
    const repaired = repair(source);
    if (repaired === undefined) return [];
    return [
      {
        value: repaired,
        source,
        isCutOff,
        repairs: [...repairs, isCutOff ? 'truncated' : 'json'],
      },
    ];
  });
}

/** Outermost objects and arrays, by counting brackets outside of double-quoted strings. */
function findSpans(text: string): { source: string; isCutOff: boolean }[] {
  const spans: { source: string; isCutOff: boolean }[] = [];
  let depth = 0;
  let start = 0;
  let isInString = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (isInString) {
      if (char === '\\') i++;
      else if (char === '"') isInString = false;
    } else if (char === '"') isInString = depth > 0;
    else if (char === '{' || char === '[') {
      if (depth === 0) start = i;
      depth++;
    } else if ((char === '}' || char === ']') && depth > 0) {
      depth--;
      if (depth === 0) spans.push({ source: text.slice(start, i + 1), isCutOff: false });
    }
  }
  if (depth > 0) spans.push({ source: text.slice(start), isCutOff: true });
  return spans;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function repair(text: string): Json | undefined {
  if (text.length > MAX_REPAIR_CHARS) return undefined;
  try {
    return JSON.parse(jsonrepair(text)) as Json;
  } catch {
    return undefined;
  }
}
