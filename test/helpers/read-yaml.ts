type Yaml = string | number | readonly Yaml[] | { readonly [key: string]: Yaml };

interface Line {
  readonly indent: number;
  readonly words: string;
}

/**
 * Reads the part of YAML that cards are written in: maps and lists in block style, texts plain or in quotes, whole
 * numbers. What is anything else, or could be read in two ways, throws.
 */
export function readYaml(text: string): Yaml {
  const lines = text.split('\n').map((line): Line => {
    const words = line.trimStart();
    if (words === '' || /^[#\t]/.test(words)) throw new Error(`not understood: ${line}`);
    return { indent: line.length - words.length, words };
  });
  const value = readBlock(lines, lines[0]!.indent);
  if (lines.length > 0) throw new Error(`indented in another way: ${lines[0]!.words}`);
  return value;
}

/** Takes the lines of one value off the front. */
function readBlock(lines: Line[], indent: number): Yaml {
  return lines[0]!.words.startsWith('- ') ? readList(lines, indent) : readMap(lines, indent);
}

function readList(lines: Line[], indent: number): Yaml {
  const items: Yaml[] = [];
  while (lines[0]?.indent === indent && lines[0].words.startsWith('- ')) {
    const words = lines[0].words.slice(2);
    if (/^[\w'"-]+:(?: |$)/.test(words)) {
      // The item is a map, whose first key stands behind the dash.
      lines[0] = { indent: indent + 2, words };
      items.push(readMap(lines, indent + 2));
    } else items.push(readScalar(lines.shift()!.words.slice(2)));
  }
  return items;
}

function readMap(lines: Line[], indent: number): Yaml {
  const map: Record<string, Yaml> = {};
  while (lines[0]?.indent === indent && !lines[0].words.startsWith('- ')) {
    const { words } = lines.shift()!;
    const [, quoted, plain, rest] = /^(?:'([^']*)'|(\w+)):(?: (.*))?$/.exec(words) ?? [];
    const key = quoted ?? plain;
    if (key === undefined || key in map) throw new Error(`no key, or a second one: ${words}`);
    const next = lines[0];
    const isDeeper =
      next !== undefined &&
      (next.indent > indent || (next.indent === indent && next.words.startsWith('- ')));
    if ((rest !== undefined) === isDeeper) throw new Error(`no value, or two: ${words}`);
    map[key] = rest === undefined ? readBlock(lines, next!.indent) : readScalar(rest);
  }
  return map;
}

function readScalar(words: string): Yaml {
  if (words.startsWith('"')) return JSON.parse(words) as string;
  if (/^\d+$/.test(words)) return Number(words);
  // Words that YAML takes for something else, or that begin or hold what has a meaning in it.
  const isOther = /^(?:true|false|yes|no|on|off|null|~|[-.\d]*|[\d.]+e\d+)$/i.test(words);
  if (isOther || /^[\s'&*!|>%@`[\]{},?#-]|: | #/.test(words))
    throw new Error(`wants quotes: ${words}`);
  return words;
}
