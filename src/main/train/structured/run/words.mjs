// Cuts texts into the words that are tagged, and folds them. Rules: the ranges of word-features.json.
const isIn = (ranges, point) => ranges.some(([first, last]) => point >= first && point <= last);
const decompose = (text) => text.normalize('NFKD');
const step = (hash, point) => Math.imul(hash ^ point, 0x01000193);

export function createWordReader({ kinds, folded, dropped, separators }) {
  const names = ['spaces', 'marks', 'digits', 'signs', 'singles'];
  const kindOf = (point) => names.find((name) => isIn(kinds[name], point)) ?? 'letters';

  function fold(character) {
    const point = character.codePointAt(0);
    if (isIn(dropped, point)) return [];
    if (point >= 0xd800 && point <= 0xdfff) return [0xfffd];
    const text = isIn(folded, point) ? decompose(decompose(character).toLowerCase()) : character;
    return Array.from(text, (part) => part.codePointAt(0)).filter((one) => !isIn(separators, one));
  }

  function isCapital(character) {
    if (!isIn(folded, character.codePointAt(0))) return false;
    const first = decompose(character)[0];
    return decompose(first.toLowerCase())[0] !== first;
  }

  function shapeOf(kind, letters) {
    if (kind === 'signs') return 5;
    if (kind === 'singles') return 6;
    if (kind === 'digits') return 7 + Math.min(letters.length, 5);
    const capitals = letters.filter(isCapital).length;
    if (capitals === 0) return 0;
    if (capitals === letters.length) return letters.length === 1 ? 4 : 2;
    return capitals === 1 && isCapital(letters[0]) ? 1 : 3;
  }

  // start and end count UTF-16 units; points are folded; hash is of the points.
  return (text) => {
    const words = [];
    let last = 'spaces';
    let at = 0;
    for (const character of text) {
      let kind = kindOf(character.codePointAt(0));
      if (kind === 'marks' && last === 'spaces') kind = 'letters';
      const goesOn = kind === 'marks' || (kind === last && ['letters', 'digits'].includes(kind));
      if (kind !== 'spaces' && !goesOn) words.push({ start: at, kind, letters: [] });
      at += character.length;
      if (kind !== 'spaces') {
        words.at(-1).letters.push(character);
        words.at(-1).end = at;
      }
      if (kind !== 'marks') last = kind;
    }
    return words.map(({ start, end, kind, letters }) => {
      const points =
        kind === 'signs' ? letters.map((one) => one.codePointAt(0)) : letters.flatMap(fold);
      const hash = points.reduce(step, 0x3c6ef372);
      return { start, end, isSign: kind === 'signs', points, hash, shape: shapeOf(kind, letters) };
    });
  };
}
