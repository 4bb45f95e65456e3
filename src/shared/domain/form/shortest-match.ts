/** Longer texts say nothing better. */
const MOST_CHARACTERS = 200;
/** Characters tried for a class, plain ones first. */
const candidates = [
  ...'-0aA',
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
];

/**
 * A short text that a regular expression matches as a whole: each choice its shortest, each repetition its least. Of
 * literals, classes, groups, alternatives, repetitions and anchors; undefined for what goes beyond (looking around,
 * references) or for what comes out wrong.
 */
export function findShortestMatch(pattern: string): string | undefined {
  let at = 0;
  const peek = () => pattern[at];
  let found: string | undefined;
  try {
    found = readAlternatives();
  } catch (error) {
    if (error instanceof TooHard) return undefined;
    throw error;
  }
  if (at < pattern.length || found.length > MOST_CHARACTERS) return undefined;
  return isMatch(pattern, found) ? found : undefined;

  function readAlternatives(): string {
    let best = readSequence();
    while (peek() === '|') {
      at++;
      const other = readSequence();
      if (other.length < best.length) best = other;
    }
    return best;
  }

  function readSequence(): string {
    let text = '';
    while (at < pattern.length && peek() !== '|' && peek() !== ')') {
      const atom = readAtom();
      text += atom.repeat(readLeastCount());
      if (text.length > MOST_CHARACTERS) throw new TooHard();
    }
    return text;
  }

  function readAtom(): string {
    const start = at;
    const character = String.fromCodePoint(pattern.codePointAt(at)!);
    at += character.length;
    switch (character) {
      case '^':
      case '$':
        return '';
      case '(':
        return readGroup();
      case '[':
        return readClass(start);
      case '.':
        return '-';
      case '\\':
        at += character.length;
        if (/[bBkpPu1-9xc]/.test(pattern[start + 1] ?? 'u')) throw new TooHard();
        return pick(pattern.slice(start, at));
      default:
        return character;
    }
  }

  function readGroup(): string {
    if (peek() === '?') {
      const name = /^\?(?::|<[A-Za-z_][A-Za-z0-9_]*>)/.exec(pattern.slice(at));
      if (!name) throw new TooHard();
      at += name[0].length;
    }
    const inner = readAlternatives();
    if (peek() !== ')') throw new TooHard();
    at++;
    return inner;
  }

  function readClass(start: number): string {
    while (at < pattern.length && peek() !== ']') at += peek() === '\\' ? 2 : 1;
    at++;
    return pick(pattern.slice(start, at));
  }

  function readLeastCount(): number {
    const count = /^(?:[*+?]|\{([0-9]+)(?:,[0-9]*)?\})\??/.exec(pattern.slice(at));
    if (!count) return 1;
    at += count[0].length;
    if (Number(count[1] ?? 0) > MOST_CHARACTERS) throw new TooHard();
    if (count[1] !== undefined) return Number(count[1]);
    return count[0].startsWith('+') ? 1 : 0;
  }
}

/** Thrown and caught here. */
class TooHard extends Error {}

function pick(single: string): string {
  const found = candidates.find((character) => isMatch(`^${single}$`, character));
  if (found === undefined) throw new TooHard();
  return found;
}

function isMatch(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
}
