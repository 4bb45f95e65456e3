/** From so many times on a repetition counts as one without end. */
const MANY = 100;
/** A group that must come more often, those within it counted with it, is more than a matcher can hold. */
const MOST_ROUNDS = 10_000;

/** What is repeated without end within a group, and the plain characters that the group begins and ends with. */
interface Group {
  readonly start: number;
  readonly repeated: string[];
  first: string | undefined;
  last: string | undefined;
  isEmpty: boolean;
  /** How often the group within that comes most often must come, at the least. */
  rounds: number;
}

/**
 * Why a regular expression may take for ever, or undefined. It repeats what repeats itself with nothing to tell one
 * round from the next, as in `(\w+\s?)*`: then the ways to match a text of n characters may be some 2ⁿ, and one text
 * holds everything up. A plain character at either end of the group that the repetitions within do not match, as in
 * `(-[a-z]+)*`, tells the rounds apart. Or it asks for a group so often that the matcher runs out of room, as in
 * `(a?){999999999}`. Other ways to be slow are not looked for.
 */
export function whyEndless(pattern: string): string | undefined {
  const groups: Group[] = [open(0)];
  let at = 0;
  while (at < pattern.length) {
    const start = at;
    const character = pattern[at]!; // below the length
    if (character === '(') {
      groups.push(open(at));
      at += /^\((?:\?(?::|<?[=!]|<\w+>))?/.exec(pattern.slice(at))![0].length; // begins with a bracket
      continue;
    }
    const closed = character === ')' && groups.length > 1 ? groups.pop() : undefined;
    at = character === '[' ? endOfClass(pattern, at) : at + (character === '\\' ? 2 : 1);
    const from = closed?.start ?? start;
    const atom = pattern.slice(from, at);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(pattern.slice(at))?.[0] ?? '';
    at += quantifier.length;
    const group = groups.at(-1)!; // the outermost stays
    const isRepeated = repeatsMany(quantifier);
    if (closed && isRepeated && closed.repeated.length > 0 && !isTold(closed))
      return 'repeats what repeats itself, which can take for ever on some texts';
    if (closed) {
      group.repeated.push(...closed.repeated);
      group.rounds = Math.max(group.rounds, closed.rounds * leastOf(quantifier));
      if (group.rounds > MOST_ROUNDS)
        return `asks for a group more than ${MOST_ROUNDS.toLocaleString('en-GB')} times, which no text can be held against`;
    }
    if (isRepeated) group.repeated.push(atom);
    const literal = quantifier === '' && !closed ? toLiteral(atom) : undefined;
    if (group.isEmpty) group.first = literal;
    group.last = literal;
    group.isEmpty = false;
  }
  return undefined;
}

function open(start: number): Group {
  return { start, repeated: [], first: undefined, last: undefined, isEmpty: true, rounds: 1 };
}

/** Whether one of the characters at its ends is none that is repeated within. */
function isTold({ first, last, repeated }: Group): boolean {
  return [first, last].some(
    (end) => end !== undefined && repeated.every((atom) => !canMatch(atom, end)),
  );
}

function canMatch(atom: string, character: string): boolean {
  try {
    return new RegExp(atom, 'u').test(character);
  } catch {
    return true;
  }
}

function repeatsMany(quantifier: string): boolean {
  const most = /^\{\d+(?:,(\d*))?\}/.exec(quantifier);
  if (most) return most[1] !== undefined && (most[1] === '' || Number(most[1]) > MANY);
  return quantifier.startsWith('*') || quantifier.startsWith('+');
}

/** How often a quantifier asks for something at the least. */
function leastOf(quantifier: string): number {
  const count = /^\{(\d+)/.exec(quantifier)?.[1];
  return count === undefined ? 1 : Math.max(1, Number(count));
}

/** The character that an atom stands for, where it stands for just one. */
function toLiteral(atom: string): string | undefined {
  if (/^\\[^A-Za-z0-9]$/u.test(atom)) return atom.slice(1);
  return /^[^\\[\].^$|()*+?{}]$/u.test(atom) ? atom : undefined;
}

function endOfClass(pattern: string, start: number): number {
  let at = start + 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at + 1;
}
