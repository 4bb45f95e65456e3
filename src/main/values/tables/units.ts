/** Each unit: what it measures, its size in the smallest of its kind, and its names after folding. */
const table: Readonly<Record<string, readonly [measures: string, size: number, names: string]>> = {
  second: ['time', 1, 'seconds second secs sec s'],
  minute: ['time', 60, 'minutes minute mins min'],
  hour: ['time', 3600, 'hours hour hrs hr h'],
  day: ['time', 86_400, 'days day nights night'],
  week: ['time', 604_800, 'weeks week wks wk'],
  month: ['months', 1, 'months month'],
  year: ['months', 12, 'years year yrs yr'],
  millimetre: ['length', 1, 'millimetres millimetre millimeters millimeter mm'],
  centimetre: ['length', 10, 'centimetres centimetre centimeters centimeter cm'],
  inch: ['length', 25.4, 'inches inch in'],
  foot: ['length', 304.8, 'feet foot ft'],
  yard: ['length', 914.4, 'yards yard yd'],
  metre: ['length', 1000, 'metres metre meters meter m'],
  kilometre: ['length', 1_000_000, 'kilometres kilometre kilometers kilometer kms km'],
  mile: ['length', 1_609_344, 'miles mile mi'],
  gram: ['mass', 1, 'grams gram g'],
  kilogram: ['mass', 1000, 'kilograms kilogram kilos kilo kgs kg'],
  ounce: ['mass', 28.349523125, 'ounces ounce oz'],
  pound: ['mass', 453.59237, 'lbs lb'],
  millilitre: ['volume', 1, 'millilitres millilitre milliliters milliliter ml'],
  litre: ['volume', 1000, 'litres litre liters liter l'],
  celsius: ['celsius', 1, 'degrees_celsius degrees_c celsius °c'],
  fahrenheit: ['fahrenheit', 1, 'degrees_fahrenheit degrees_f fahrenheit °f'],
  degree: ['degree', 1, 'degrees degree °'],
  percent: ['share', 1, '% percent per_cent pct'],
  whole: ['share', 100, ''],
  usd: ['usd', 1, '$ dollars dollar usd bucks buck us_dollars'],
  eur: ['eur', 1, '€ euros euro eur'],
  gbp: ['gbp', 1, '£ pounds pound gbp quid'],
  jpy: ['jpy', 1, '¥ yen jpy'],
  inr: ['inr', 1, '₹ rupees rupee inr'],
  chf: ['chf', 1, 'francs franc chf'],
};

/** Name of a unit to its id. */
export const units: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(table).flatMap(([id, [, , names]]) =>
    names
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => [name.replaceAll('_', ' '), id]),
  ),
);

export const unitSizes: Readonly<Record<string, readonly [string, number]>> = Object.fromEntries(
  Object.entries(table).map(([id, [measures, size]]) => [id, [measures, size]]),
);

/** Signs that stand before the number. */
export const leadingSigns = ['$', '€', '£', '¥', '₹'] as const;
