import type { ReadingKind, Replacement, Rule } from '../normaliser/spec.ts';
import { dayParts, feasts, hours, magnitudes, months, relativeDays, weekdays } from './english.ts';
import { leadingSigns, units } from './units.ts';

/** Alternatives, longest first so that "september" is not read as "sep". */
function anyOf(words: Iterable<string>): string {
  const escaped = [...words].map((word) => word.replace(/[.$^*+?()[\]{}|\\]/g, '\\$&'));
  return `(?:${escaped.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join('|')})`;
}

const month = anyOf(Object.keys(months));
const weekday = anyOf(Object.keys(weekdays));
const part = anyOf(Object.keys(dayParts).filter((name) => name !== 'am' && name !== 'pm'));
const unit = anyOf(Object.keys(units));

/** Where a prepared surface begins with words that say nothing of the day or hour. */
const lead =
  "(?:(?:on|at|by|for|from|until|till|around|about|before|after|starting|of|in|the|it's) )*";
const year = "(?:1[0-9]|2[01])[0-9]{2}|'[0-9]{2}|(?:19|20) [0-9]{2}";
const dayOfMonth = '(?<d>[0-9]{1,2})';
const anyWeekday = `(?:${weekday} )?(?:the )?`;
const partOfDay = `(?: (?:in the |at )?${part})?`;
const half = `(?: (?<ap>am|pm)(?: in the ${part})?|(?: (?:in the|at|this|tomorrow|that) (?<part>${part})))?`;
const which = 'this|next|last|past|coming|this coming|this past|upcoming|this upcoming|following';
const timeUnit = '(?<u>day|week|fortnight|month|year)s?';
const count = '(?<n>[0-9]{1,4}|a|an|one)';
// As many digits as all readers write in the same way.
const number = '[0-9]{1,11}(?:\\.[0-9]{1,4})?|\\.[0-9]{1,4}';
const hour = '(?<h>[0-9]{1,2})';

function whole(prefix: string, rules: readonly (Rule | string)[]): Rule[] {
  return rules.map((rule) => {
    const { pattern, ...rest } = typeof rule === 'string' ? { pattern: rule } : rule;
    return { pattern: `${prefix}(?:${pattern})`, ...rest };
  });
}

/** In the order in which they are tried; the first that fits the whole surface is its reading. */
export const rules: Readonly<Record<ReadingKind, readonly Rule[]>> = {
  date: whole(lead, [
    // 2019-03-08
    '(?<y>[12][0-9]{3})[-/.](?<m>[0-9]{1,2})[-/.](?<d>[0-9]{1,2})',
    // 03/08/2019, 8.3.19, 3/8
    `(?:${weekday} )?(?<a>[0-9]{1,2})([-/.])(?<b>[0-9]{1,2})\\2(?<y>[12][0-9]{3}|[0-9]{2})`,
    `(?:${weekday} )?(?<a>[0-9]{1,2})[-/](?<b>[0-9]{1,2})`,
    // 8th of March 2019, 8-Mar-2019
    `${anyWeekday}${dayOfMonth}(?:th)?[ -](?:day )?(?:of )?(?<m>${month})(?:[ -](?:of )?(?<y>${year}))?`,
    // March 8th, 2019
    `${anyWeekday}(?<m>${month})[ -](?:the )?${dayOfMonth}(?:th)?(?:[ -](?:of )?(?<y>${year}))?`,
    `(?<y>${year})[ -](?<m>${month})[ -]${dayOfMonth}(?:th)?`,
    // the 8th, Friday the 8th, the 8th of next month
    `${anyWeekday}${dayOfMonth}th(?: of (?:the|this) month)?${partOfDay}`,
    `${anyWeekday}${dayOfMonth}th of (?<nm>next) month`,
    { pattern: `(?:the )?${dayOfMonth}`, isWeak: true },
    // next Friday, Friday next week
    `(?:(?<q>${which}) )?(?<w>${weekday})${partOfDay}`,
    `(?<w>${weekday})${partOfDay} (?:of )?(?:the )?(?<wk>this|next|last|following|coming) week`,
    `(?<wk>this|next|last|following|coming) week(?:'s| on)? (?<w>${weekday})${partOfDay}`,
    { pattern: `(?:a|1) week (?:from|on|after) (?<w>${weekday})`, set: { late: 'week' } },
    // tomorrow evening
    `(?<r>${anyOf(Object.keys(relativeDays))})${partOfDay}`,
    `(?<f>${anyOf(Object.keys(feasts))})`,
    // in two weeks, 3 days ago, a week from now
    `(?:with)?in ${count} ${timeUnit}(?:'s? time)?`,
    `${count} ${timeUnit} (?:from (?:now|today)|later|hence)`,
    { pattern: `${count} ${timeUnit} ago`, set: { back: 'ago' } },
  ]),
  time: whole(lead, [
    // 17:30, 5:30:15 pm, 11.30
    `${hour}[:.](?<min>[0-9]{2})(?::(?<s>[0-9]{2}))?${half}(?: hours)?`,
    // 5 30 pm, eleven oh five
    `${hour} (?<min>[0-9]{2})${half}`,
    `${hour} (?:oh|o|0) (?<min>[0-9])${half}`,
    // half past 11 in the morning, a quarter to 7, ten to 5
    { pattern: `half (?:past )?${hour}${half}`, set: { min: '30' } },
    {
      pattern: `(?:a )?quarter (?<dir>past|after|to|till|until|before|of) ${hour}${half}`,
      set: { min: '15' },
    },
    `(?<min>[0-9]{1,2}) minutes? (?<dir>past|after|to|till|before) ${hour}${half}`,
    `(?<min>5|10|20|25) (?<dir>past|after) ${hour}${half}`,
    // "5 to 6 stars" is no time.
    { pattern: `(?<min>5|10|20|25) (?<dir>to|till|before) ${hour}${half}`, isWeak: true },
    // noon, 12 noon
    `(?:12 )?(?<name>${anyOf(Object.keys(hours))})`,
    // evening 6, morning at 9:30
    `(?<part>${part}) (?:at |around |about )?${hour}(?:[: ](?<min>[0-9]{2}))?(?: (?<ap>am|pm))?`,
    // 5 pm, 9 in the evening
    `${hour} (?:(?<ap>am|pm)|(?:in the|at|this|tomorrow) (?<part>${part}))`,
    '(?<h>[01][0-9]|2[0-3])(?<min>[0-5][0-9]) hours',
    { pattern: '(?<h>[01][0-9]|2[0-3])(?<min>[0-5][0-9])', isWeak: true },
    { pattern: `${hour}(?: hours?| sharp)?`, isWeak: true },
  ]),
  number: whole('(?:(?:about|around|approximately|roughly|exactly|for|of|to|the|at) )*', [
    `(?<neg>-|minus )?(?<cur>${anyOf(leadingSigns)}) ?(?<n>${number})(?: ?(?<mag>${anyOf(Object.keys(magnitudes))}))?`,
    `(?<neg>-|minus )?(?<n>${number})(?: ?(?<mag>k|mn|bn) | ?)(?<unit>${unit})`,
    `(?<n>${number}) ?(?<unit>${unit}) (?:and )?(?<n2>${number})(?: ?(?<unit2>${unit}))`,
    `(?<neg>-|minus )?(?<n>${number})(?: ?(?<mag>${anyOf(Object.keys(magnitudes))}))?`,
    { pattern: `(?<n>${number})th`, isWeak: true },
    { pattern: `(?<n>${number}) [a-z]+`, isWeak: true },
  ]),
};

/** On the folded surface, before number words become digits. */
export const clean: readonly Replacement[] = [
  // 1,200,000; 2,5
  ['(?<=[0-9]),(?=[0-9]{3}(?![0-9]))', ''],
  ['(?<=[0-9]),(?=[0-9]{1,2}(?![0-9]))', '.'],
  // 2019-03-08T11:30
  ['(?<=[0-9]{2})t(?=[0-9]{2}:)', ' '],
  ['(?<=:[0-9]{2})z$', ''],
  // a.m.
  ['(?<![a-z])([ap])\\.? ?m(?![a-z])\\.?', '$1m'],
  [`\\bo ?['"]? ?clock\\b`, ''],
  ['[,;!?"()\\[\\]]+', ' '],
  ['(?<![0-9])\\.(?![0-9])|(?<=[0-9])\\.(?![0-9])', ' '],
  ['(?<=[a-z])-(?=[a-z])', ' '],
  // 5pm, but 5th
  ['(?<=[0-9])(?=[a-z])(?!(?:st|nd|rd|th)\\b)', ' '],
  [' +', ' '],
  ['^ | $', ''],
];

/** After number words became digits. */
export const finish: readonly Replacement[] = [
  ['([0-9])(?:st|nd|rd|th)\\b', '$1th'],
  ['([0-9]+) point ([0-9]+)', '$1.$2'],
  ['([0-9]+) and a half', '$1.5'],
  ['([0-9]+) ([a-z]+) and a half', '$1.5 $2'],
  ['\\bhalf (?:an?|of an?) ', '0.5 '],
  ['\\b(?:a )?couple(?: of)?\\b', '2'],
  ['\\ban? (?=hour|minute|second|mile|kilo|pound|dollar|euro)', '1 '],
];
