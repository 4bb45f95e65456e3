// Reads the surface of a value: one spelling, number words as digits, and the parts that a rule of the spec finds.

export const has = (table, key) => Object.hasOwn(table, key);

// Without the noise of binary fractions: to six places, large numbers to none.
export const tidy = (number) =>
  Math.abs(number) < 1e9 ? Math.floor(number * 1e6 + 0.5) / 1e6 : Math.floor(number + 0.5);

// Case, diacritics, quotes, dashes and white space made alike.
export function createFold({ dropped, replaced }) {
  const isDropped = (point) => dropped.some(([first, last]) => point >= first && point <= last);
  function foldCharacter(character) {
    if (has(replaced, character)) return replaced[character];
    let folded = '';
    for (const part of character.normalize('NFKD').toLowerCase().normalize('NFKD'))
      if (!isDropped(part.codePointAt(0))) folded += has(replaced, part) ? replaced[part] : part;
    return folded;
  }
  return (text) =>
    Array.from(text, foldCharacter).join('').replace(/ +/g, ' ').replace(/^ | $/g, '');
}

// "twenty third of march" becomes "23th of march"; what does not add up stays apart.
function numberWords(text, { numbers, multipliers, ordinals }) {
  const written = [];
  const words = text.split(' ');
  let [total, group, room] = [0, undefined, 0];
  const flush = (suffix = '') => {
    if (group !== undefined) written.push(`${tidy(total + group)}${suffix}`);
    [total, group, room] = [0, undefined, 0];
  };
  const cardinalOf = (word) => (has(ordinals, word) ? ordinals[word] : word);
  words.forEach((word, i) => {
    const cardinal = cardinalOf(word);
    const next = words[i + 1] ?? '';
    if (has(numbers, cardinal)) {
      const [value, roomAfter] = numbers[cardinal];
      if (group !== undefined && value > 0 && value < room) group += value;
      else {
        flush();
        group = value;
      }
      room = roomAfter;
    } else if (has(multipliers, cardinal)) {
      if (group === undefined && /^an?$/.test(written.at(-1) ?? '')) {
        written.pop();
        group = 1;
      }
      if (group === undefined || group === 0 || group >= 1e9) {
        flush();
        written.push(word);
        return;
      }
      room = multipliers[cardinal];
      if (room < 1000) group *= room;
      else [total, group] = [total + group * room, 0];
    } else if (word === 'and' && room >= 100 && has(numbers, cardinalOf(next))) {
      return;
    } else {
      flush();
      if (/^[0-9]{1,9}(?:\.[0-9]{1,4})?$/.test(word) && has(multipliers, next)) group = Number(word);
      else written.push(word);
      return;
    }
    if (has(ordinals, word)) flush('th');
  });
  flush();
  return written.join(' ');
}

// Gives the parts of a surface, by the names of the groups of the first rule that fits the whole of it.
export function createRead(tables, fold) {
  const compile = (list) => list.map(([pattern, by]) => [new RegExp(pattern, 'g'), by]);
  const apply = (text, list) => list.reduce((rest, [pattern, by]) => rest.replace(pattern, by), text);
  const [clean, finish] = [compile(tables.clean), compile(tables.finish)];
  const rules = Object.fromEntries(
    Object.entries(tables.rules).map(([kind, list]) => [
      kind,
      list.map(({ pattern, set }) => [new RegExp(`^(?:${pattern})$`), set]),
    ]),
  );
  return (kind, surface) => {
    if (surface.length > 80) return undefined;
    const prepared = apply(numberWords(apply(fold(surface), clean), tables), finish);
    for (const [pattern, set] of rules[kind]) {
      const found = pattern.exec(prepared);
      if (found) return { ...set, ...found.groups };
    }
    return undefined;
  };
}
