import { AppError } from '../errors.ts';

export const filterFields = [
  'id',
  'text',
  'consent',
  'origin',
  'split',
  'status',
  'source',
  'import',
  'label',
  'function',
  'author',
  'strategy',
  'group',
  'flag',
  'reviewed',
] as const;
export type FilterField = (typeof filterFields)[number] | `meta.${string}`;

export type Filter =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | {
      readonly kind: 'compare';
      readonly field: FilterField;
      readonly operator: Operator;
      readonly values: readonly string[];
    };

export type Operator = '=' | '!=' | '~' | 'in' | '<' | '<=' | '>' | '>=';

export const everything: Filter = { kind: 'all' };

/** Shorthand for the filters that code writes. */
export function equals(field: FilterField, ...values: string[]): Filter {
  return { kind: 'compare', field, operator: 'in', values };
}

export function and(...parts: Filter[]): Filter {
  return { kind: 'and', parts };
}

export function not(part: Filter): Filter {
  return { kind: 'not', part };
}

/** Every comparison of a filter, however deep. */
export function listComparisons(filter: Filter): Extract<Filter, { kind: 'compare' }>[] {
  switch (filter.kind) {
    case 'all':
      return [];
    case 'compare':
      return [filter];
    case 'not':
      return listComparisons(filter.part);
    default:
      return filter.parts.flatMap(listComparisons);
  }
}

/** `not` and parentheses within each other; a person writes two or three. */
const DEEPEST = 100;
/** SQLite takes 32,766 bound values. */
const MOST_COMPARISONS = 10_000;

const help =
  'Write for example: all | source=may.csv and label in (refund, "card lost") | text ~ invoice or meta.team != sales. ' +
  `Fields: ${filterFields.join(', ')}, meta.COLUMN.`;

/**
 * Reads a filter: comparisons joined by `and`, `or`, `not` and parentheses; `=`, `!=`, `~` (contains, any case),
 * `<`, `<=`, `>`, `>=`, `in (a, b)`; values, and fields with spaces in their names, quoted; `all` for everything.
 * @throws AppError `app.usage` with the place and the grammar
 */
export function parseFilter(source: string): Filter {
  const tokens = tokenize(source);
  let position = 0;

  const peek = () => tokens[position];
  const isWord = (word: string) => peek()?.kind === 'word' && peek()!.text.toLowerCase() === word;
  const fail = (what: string): never => {
    const at = peek() ? `at "${peek()!.text}"` : 'at its end';
    throw new AppError(
      'app.usage',
      `The filter "${shorten(source)}" is not readable ${at}: ${what}. ${help}`,
    );
  };
  const take = (text: string) =>
    peek()?.kind === 'sign' && peek()!.text === text ? tokens[position++] : undefined;

  function parseOr(): Filter {
    const parts = [parseAnd()];
    while (isWord('or')) {
      position++;
      parts.push(parseAnd());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'or', parts };
  }

  function parseAnd(): Filter {
    const parts = [parseUnary()];
    while (isWord('and')) {
      position++;
      parts.push(parseUnary());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'and', parts };
  }

  let depth = 0;
  function deeper(parse: () => Filter): Filter {
    if (++depth > DEEPEST) fail(`"not" and parentheses stand ${DEEPEST} deep at most`);
    const inner = parse();
    depth--;
    return inner;
  }

  function parseUnary(): Filter {
    if (isWord('not')) {
      position++;
      return { kind: 'not', part: deeper(parseUnary) };
    }
    if (take('(')) {
      const inner = deeper(parseOr);
      if (!take(')')) fail('a ")" is missing');
      return inner;
    }
    if ((isWord('all') || take('*')) && !isOperator(tokens[position + 1])) {
      if (isWord('all')) position++;
      return everything;
    }
    return parseComparison();
  }

  function parseComparison(): Filter {
    const field = peek();
    if (!field || field.kind === 'sign' || !isField(field.text))
      return fail('a field was expected');
    position++;
    if (isWord('in')) {
      position++;
      return { kind: 'compare', field: field.text, operator: 'in', values: parseList() };
    }
    const operator = peek();
    if (!isOperator(operator)) return fail('an operator was expected');
    position++;
    return {
      kind: 'compare',
      field: field.text,
      operator: operator!.text as Operator,
      values: [parseValue()],
    };
  }

  function parseList(): string[] {
    if (!take('(')) fail('"in" needs a list in parentheses');
    const values = [parseValue()];
    while (take(',')) values.push(parseValue());
    if (!take(')')) fail('a ")" is missing');
    return values;
  }

  function parseValue(): string {
    const token = peek();
    if (!token || token.kind === 'sign') return fail('a value was expected');
    position++;
    return token.text;
  }

  const filter = parseOr();
  if (position < tokens.length) fail('"and" or "or" was expected');
  if (listComparisons(filter).length > MOST_COMPARISONS)
    fail(
      `it has more than ${MOST_COMPARISONS} comparisons; "id in (a, b)" holds any number of values`,
    );
  return filter;
}

const MOST_SHOWN = 200;
const shorten = (text: string) =>
  text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;

interface Token {
  readonly kind: 'word' | 'quoted' | 'sign';
  readonly text: string;
}

function tokenize(source: string): Token[] {
  const pattern =
    /\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|<=|>=|==|[=~<>(),*])|([^\s"'=~<>!(),*]+))/gy;
  const tokens: Token[] = [];
  let end = 0;
  for (let match = pattern.exec(source); match; match = pattern.exec(source)) {
    end = pattern.lastIndex;
    const [, double, single, sign, word] = match;
    const quoted = double ?? single;
    if (quoted !== undefined)
      tokens.push({ kind: 'quoted', text: quoted.replace(/\\(.)/gs, '$1') });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign === '==' ? '=' : sign });
    else tokens.push({ kind: 'word', text: word! });
  }
  if (source.slice(end).trim() !== '' || tokens.length === 0)
    throw new AppError(
      'app.usage',
      `The filter "${shorten(source)}" is not readable from "${shorten(source.slice(end).trim())}" on. ${help}`,
    );
  return tokens;
}

function isField(text: string): text is FilterField {
  return (filterFields as readonly string[]).includes(text) || /^meta\..+/.test(text);
}

function isOperator(token: Token | undefined): boolean {
  return token?.kind === 'sign' && ['=', '!=', '~', '<', '<=', '>', '>='].includes(token.text);
}
