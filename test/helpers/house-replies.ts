import { readFileSync } from 'node:fs';
import { createRng, type Rng } from '../../src/main/lib/rng.ts';

/** A customer's text, and what the house would reply: in which of its wordings, with which values. */
export interface HouseRow {
  readonly id: string;
  readonly text: string;
  readonly output: string;
  /** How the reply came about. */
  readonly how: 'house' | 'reworded' | 'invented' | 'own words';
}

export interface HouseNoise {
  /** Share of the replies that say a thing or two in other words. */
  readonly reworded: number;
  /** Share of the replies with an amount, date or name that the text does not give. */
  readonly invented: number;
}

const sample = new URL('../../sample/', import.meta.url);
const syllables =
  'ba be bo da de di fa fi ga go ha hi ja jo ka ki la le li lo ma mi mo na ne ni no pa pe ra ri ro sa se si so ta te ti to va vi za'.split(
    ' ',
  );
const months =
  'January February March April May June July August September October November December'.split(
    ' ',
  );

/** What the house says by intent; words in braces are values, which the texts are given, too. */
const wordings: Readonly<Record<string, string>> = {
  request_refund:
    'Hello {name}, thank you for getting in touch. We have asked the shop for a refund of {amount} and will write to you as soon as we hear back. Kind regards, your card team',
  card_swallowed:
    'Hello {name}, we are sorry that the machine kept your card. A new one is on its way and will reach you within 5 working days. Kind regards, your card team',
  pending_transfer:
    'Hello {name}, your transfer of {amount} from {date} is still being checked. This takes up to 2 working days and there is nothing you need to do. Kind regards, your payments team',
  transaction_charged_twice:
    'Hello {name}, we can see that {amount} was taken twice on {date}. The second payment is now on its way back to you. Kind regards, your card team',
  pin_blocked:
    'Hello, you can unblock your PIN at any cash machine: choose "PIN services" and then "Unblock PIN". Kind regards, your card team',
  activate_my_card:
    'Hello, please open the app, go to "Cards" and tap "Activate". Your card then works at once. Kind regards, your card team',
  edit_personal_details:
    'Hello {name}, you can change your details in the app under "Profile". We will confirm the change to {email}. Kind regards, your account team',
  card_arrival:
    'Hello {name}, your card was sent on {date} and should be with you soon. If it has not come after 10 days please call 0800 555 0199. Kind regards, your card team',
};

/** Words of the house and what else may stand for them. */
const synonyms: readonly (readonly [RegExp, string])[] = [
  [/thank you for getting in touch/, 'thanks for getting in touch'],
  [/as soon as we hear back/, 'as soon as we have heard back'],
  [/we are sorry/, 'we are very sorry'],
  [/Kind regards/, 'Best regards'],
  [/there is nothing you need to do/, 'you need to do nothing'],
  [/is now on its way/, 'is already on its way'],
  [/at once/, 'right away'],
  [/should be with you soon/, 'should reach you soon'],
  [/please open the app/, 'simply open the app'],
];

/** What people write when no wording of the house fits: never twice the same. */
const subjects =
  'the fee the limit that branch your query a top-up this cheque the exchange rate an old statement'.split(
    ' ',
  );
const verbs = 'look into settle explain go through sort out check raise discuss'.split(' ');

/**
 * Texts that customers really wrote to a bank (the bundled sample), with a name, an amount, a date or an address put in,
 * and the replies of a simulated teacher with a house tone. Of intents without a wording each reply is in words of its own.
 */
export function createHouseRows(count: number, noise: HouseNoise, seed = 1): HouseRow[] {
  const rng = createRng(seed);
  const labels = new Map(
    readLines('truth.jsonl').map(({ id, label }) => [String(id), String(label)]),
  );
  const texts = readLines('reviewed.jsonl').concat(
    readLines('teacher-replies.jsonl').filter(({ id }) => labels.has(String(id))),
  );
  const unique = [...new Map(texts.map(({ id, text }) => [String(id), String(text)])).entries()];
  const chosen = rng.shuffle(
    unique.filter(([id]) => {
      const label = labels.get(id);
      return label !== undefined && (label in wordings || label === 'verify_my_identity');
    }),
  );
  return chosen.slice(0, count).map(([id, text]) => toRow(id, text, labels.get(id)!, noise, rng));
}

function toRow(id: string, given: string, label: string, noise: HouseNoise, rng: Rng): HouseRow {
  const wording = wordings[label];
  const values = drawValues(rng);
  if (wording === undefined) {
    const pick = (words: readonly string[]) => words[rng.integer(words.length)]!;
    const words = Array.from({ length: 6 }, () => `${pick(verbs)} ${pick(subjects)}`);
    const output = `About this one, ${values.name.toLowerCase()} ${words.join(', then ')} ${rng.integer(1e6)}.`;
    return { id, text: given, output, how: 'own words' };
  }
  const needed = [...wording.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as keyof Values);
  const text = needed.reduce((own, name) => putIn(own, name, values, rng), given);
  const isInvented = needed.length > 0 && rng.next() < noise.invented;
  const said = isInvented ? { ...values, [needed[0]!]: drawValues(rng)[needed[0]!] } : values;
  let output = wording.replace(/\{(\w+)\}/g, (_, name) => said[name as keyof Values]);
  const isReworded = rng.next() < noise.reworded;
  if (isReworded)
    for (const [from, to] of synonyms) if (rng.next() < 0.5) output = output.replace(from, to);
  const isWrong = isInvented && said[needed[0]!] !== values[needed[0]!];
  return { id, text, output, how: isWrong ? 'invented' : isReworded ? 'reworded' : 'house' };
}

/** Seldom the same twice: a student has to go by where a name stands. */
function drawName(rng: Rng): string {
  const count = 2 + rng.integer(2);
  const word = Array.from({ length: count }, () => syllables[rng.integer(syllables.length)]!).join(
    '',
  );
  return word.charAt(0).toUpperCase() + word.slice(1);
}

interface Values {
  readonly name: string;
  readonly amount: string;
  readonly date: string;
  readonly email: string;
}

function drawValues(rng: Rng): Values {
  const [first, last] = [drawName(rng), drawName(rng)];
  return {
    name: `${first} ${last}`,
    amount: `£${rng.integer(900) + 1}.${String(rng.integer(100)).padStart(2, '0')}`,
    date: `${rng.integer(28) + 1} ${months[rng.integer(12)]}`,
    email: `${first}.${last}${rng.integer(90)}@example.org`.toLowerCase(),
  };
}

/** A text that gives a value, in one of the ways in which people do; dates are written in more than one. */
function putIn(text: string, name: keyof Values, values: Values, rng: Rng): string {
  const value = values[name];
  const [day, month] = values.date.split(' ');
  const ways: Readonly<Record<keyof Values, readonly string[]>> = {
    name: [
      `Hi, ${value} here. ${text}`,
      `${text} My name is ${value}.`,
      `${text} Thanks, ${value}`,
    ],
    amount: [`${text} It was ${value}.`, `${text} We are talking about ${value}.`],
    date: [
      `${text} This was on ${value}.`,
      `${text} It happened on ${month} ${day}.`,
      `On ${value}: ${text}`,
    ],
    email: [`${text} Write to ${value}.`, `${text} My new address is ${value}.`],
  };
  return ways[name][rng.integer(ways[name].length)]!;
}

function readLines(name: string): Record<string, unknown>[] {
  return readFileSync(new URL(name, sample), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
