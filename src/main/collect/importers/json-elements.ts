/** One element of the array in a JSON document: its own text and the line it begins on. */
export interface JsonElement {
  readonly source: string;
  readonly line: number;
}

/** What is wrong with the document around its elements, and on which line. */
export class JsonStructureError extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

const MAX_CHARACTERS = 16_000_000;
const QUOTE = 34;
const COMMA = 44;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Cuts the elements out of a JSON document that arrives in pieces: an array, or an object with one array of objects
 * in it. What stands around them (the envelope) is kept and parsed at the end, so that a document that is cut off or
 * goes on after its end is noticed. Memory: one element and the envelope.
 */
export function createElementSplitter() {
  let line = 1;
  let depth = 0;
  let arrayDepth = -1;
  let state: 'outside' | 'opened' | 'between' | 'element' = 'outside';
  let expected: 'first' | 'comma' | 'value' = 'first';
  let isString = false;
  let isEscaped = false;
  let isScalar = false;
  let element = '';
  let elementLine = 0;
  let envelope = '';
  let hasFound = false;
  let isTopArray = false;

  const isBlank = (code: number) => code === 32 || code === 10 || code === 13 || code === 9;
  const fail = (message: string): never => {
    throw new JsonStructureError(message, line);
  };

  function outside(code: number, character: string): void {
    envelope += character;
    if (envelope.length > MAX_CHARACTERS) fail('there is no array of objects in it');
    if (code === QUOTE) isString = true;
    else if (code === OPEN_OBJECT) depth++;
    else if (code === CLOSE_ARRAY || code === CLOSE_OBJECT) depth--;
    else if (code === OPEN_ARRAY) {
      isTopArray ||= depth === 0 && envelope.trim() === '[';
      depth++;
      if (depth === (isTopArray ? 1 : 2)) state = 'opened';
    }
  }

  /** The first character of an array decides whether it is the one with the rows. */
  function opened(code: number): void {
    if (code === OPEN_OBJECT || (isTopArray && !hasFound)) {
      if (hasFound) fail('there are two arrays of objects in it');
      hasFound = true;
      arrayDepth = depth;
      [state, expected] = ['between', 'first'];
    } else state = 'outside';
  }

  /** True when the character closed the array. */
  function between(code: number): boolean {
    if (code === COMMA) {
      if (expected !== 'comma') fail('a comma stands where a row was expected');
      expected = 'value';
    } else if (code === CLOSE_ARRAY) {
      if (expected === 'value') fail('there is a comma after the last row');
      return true;
    } else {
      if (expected === 'comma') fail('a comma is missing between two rows');
      [state, elementLine, element] = ['element', line, ''];
      isScalar = code !== OPEN_OBJECT && code !== OPEN_ARRAY;
    }
    return false;
  }

  return {
    *feed(text: string): Generator<JsonElement> {
      let start = 0;
      for (let i = 0; i < text.length; i++) {
        const code = text.charCodeAt(i);
        if (code === 10) line++;
        if (isString) {
          if (state === 'outside') envelope += text[i];
          if (isEscaped) isEscaped = false;
          else if (code === BACKSLASH) isEscaped = true;
          else if (code === QUOTE) isString = false;
          continue;
        }
        if (state === 'opened' && !isBlank(code)) opened(code);
        if (state === 'element' && isScalar && depth === arrayDepth) {
          if (code === COMMA || code === CLOSE_ARRAY) {
            yield { source: element + text.slice(start, i), line: elementLine };
            [state, expected] = ['between', 'comma'];
          }
        }
        if (state === 'between' && !isBlank(code)) {
          if (between(code)) state = 'outside';
          // `between` may have begun an element; the compiler does not see assignments in closures.
          else if ((state as string) === 'element') start = i;
        }
        if (state === 'outside') outside(code, text[i]!);
        else if (state === 'element') {
          if (code === QUOTE) isString = true;
          else if (code === OPEN_OBJECT || code === OPEN_ARRAY) depth++;
          else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
            depth--;
            if (depth === arrayDepth) {
              yield { source: element + text.slice(start, i + 1), line: elementLine };
              [state, expected] = ['between', 'comma'];
            }
          }
        }
      }
      if (state === 'element') {
        element += text.slice(start);
        if (element.length > MAX_CHARACTERS)
          fail(`a row is longer than ${MAX_CHARACTERS} characters`);
      }
    },
    /** @throws JsonStructureError when the document is not whole, not JSON, or has no rows to give */
    finish(): void {
      if (state !== 'outside' || isString || depth > 0) fail('the file is cut off before its end');
      try {
        JSON.parse(envelope);
      } catch (error) {
        fail(`not JSON: ${(error as Error).message}`);
      }
      if (!hasFound) fail('there is no array of objects in it');
    },
  };
}
