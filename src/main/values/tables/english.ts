/** Words of English that dates, times and numbers are made of, as they are after folding. */

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const weekdayNames = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;

/** Full names and their first three letters. */
function named(names: readonly string[], first: number): [string, number][] {
  return names.flatMap((name, i) => {
    const lower = name.toLowerCase();
    return [
      [lower, first + i],
      [lower.slice(0, 3), first + i],
    ] as [string, number][];
  });
}

export const months = Object.fromEntries([...named(monthNames, 1), ['sept', 9]]);
export const weekdays = Object.fromEntries([
  ...named(weekdayNames, 0),
  ...Object.entries({ tues: 2, weds: 3, thur: 4, thurs: 4 }),
]);

export const relativeDays = {
  today: 0,
  'later today': 0,
  tonight: 0,
  'this morning': 0,
  'this afternoon': 0,
  'this evening': 0,
  tomorrow: 1,
  tmrw: 1,
  'day after tomorrow': 2,
  yesterday: -1,
  'last night': -1,
  'day before yesterday': -2,
};

export const feasts: Readonly<Record<string, readonly [number, number]>> = {
  "new year's day": [1, 1],
  'new years day': [1, 1],
  "valentine's day": [2, 14],
  'valentines day': [2, 14],
  "st patrick's day": [3, 17],
  'independence day': [7, 4],
  halloween: [10, 31],
  'christmas eve': [12, 24],
  christmas: [12, 25],
  'christmas day': [12, 25],
  'boxing day': [12, 26],
  "new year's eve": [12, 31],
  'new years eve': [12, 31],
};

export const dayParts = {
  am: 'am',
  pm: 'pm',
  morning: 'am',
  noon: 'pm',
  afternoon: 'pm',
  evening: 'pm',
  night: 'night',
};

export const hours = { noon: 12, midday: 12, noontime: 12, midnight: 0 };

export const numbers: Readonly<Record<string, readonly [number, number]>> = Object.fromEntries([
  ...[
    ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
    ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen'],
    ...['eighteen', 'nineteen'],
  ].map((word, value) => [word, [value, 0]] as const),
  ...['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'].map(
    (word, i) => [word, [20 + 10 * i, 10]] as const,
  ),
]);

export const multipliers = {
  dozen: 12,
  hundred: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
};

const irregularOrdinals: Readonly<Record<string, string>> = {
  first: 'one',
  second: 'two',
  third: 'three',
  fifth: 'five',
  eighth: 'eight',
  ninth: 'nine',
  twelfth: 'twelve',
};
export const ordinals: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [...Object.keys(numbers), 'hundred', 'thousand']
      .filter((word) => word !== 'zero' && !Object.values(irregularOrdinals).includes(word))
      .map((word) => [word.endsWith('y') ? `${word.slice(0, -1)}ieth` : `${word}th`, word]),
  ),
  ...irregularOrdinals,
};

export const magnitudes = { k: 1e3, m: 1e6, mn: 1e6, bn: 1e9 };

export const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  yeah: true,
  yep: true,
  false: false,
  no: false,
  nope: false,
};
