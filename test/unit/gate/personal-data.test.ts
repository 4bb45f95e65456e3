import { describe, expect, test } from 'vitest';
import { detectors, findPersonalData } from '../../../src/main/gate/personal-data/index.ts';
import { createPseudonyms } from '../../../src/main/gate/pseudonyms.ts';

const found = (text: string) =>
  findPersonalData(text)
    .filter((each) => !each.isSuggestion)
    .map(({ kind, value }) => `${kind}: ${value}`);

describe('personal data is found', () => {
  test.each([
    ['Write to anna.b+x@mail.example.co.uk.', 'email: anna.b+x@mail.example.co.uk'],
    ['anna (at) example (dot) org', 'email: anna (at) example (dot) org'],
    ['Call +44 20 7946 0018 please', 'phone: +44 20 7946 0018'],
    ['Phone:07700 900929', 'phone: 07700 900929'],
    ['I am at (202) 555-0105 all day', 'phone: (202) 555-0105'],
    ['my mobile is 5551234567', 'phone: 5551234567'],
    ['IBAN DE89 3704 0044 0532 0130 00, thanks', 'iban: DE89 3704 0044 0532 0130 00'],
    ['to be68539007547034 today', 'iban: be68539007547034'],
    ['My IBAN is DE89 3704 0044 0532 0130 01', 'iban: DE89 3704 0044 0532 0130 01'],
    ['paid with 4111 1111 1111 1111', 'card: 4111 1111 1111 1111'],
    ['card 4111 1111 1111 1111 12/27 was lost', 'card: 4111 1111 1111 1111'],
    ['order 12 4111111111111111 123', 'card: 4111111111111111'],
    ['ring +44 20 7946 0018 12 times', 'phone: +44 20 7946 0018'],
    ['amex 378282246310005 was declined', 'card: 378282246310005'],
    ['my ssn is 460-89-9847', 'national-id: 460-89-9847'],
    ['NI number QQ 12 34 56 C', undefined],
    ['NI number AB 12 34 56 C', 'national-id: AB 12 34 56 C'],
    ['DNI 12345678Z', 'national-id: 12345678Z'],
    ['CPF 529.982.247-25', 'national-id: 529.982.247-25'],
    ['personnummer 811218-9876', 'national-id: 811218-9876'],
    ['AHV 756.9217.0769.85', 'national-id: 756.9217.0769.85'],
    ['numéro 1 84 12 76 451 089 46', 'national-id: 1 84 12 76 451 089 46'],
    ['Steuer-ID 86 095 742 719', 'national-id: 86 095 742 719'],
    ['Aadhaar 2345 6789 0124', 'national-id: 2345 6789 0124'],
    ['11010519491231002X', 'national-id: 11010519491231002X'],
    ['passport number is X1234567', 'national-id: X1234567'],
    ['login from 203.0.113.7 failed', 'ip: 203.0.113.7'],
    ['host 2001:db8::8a2e:370:7334 is down', 'ip: 2001:db8::8a2e:370:7334'],
    ['ftp://bob:hunter2@files.example.com/x', 'url: ftp://bob:hunter2@files.example.com/x'],
    ['open https://x.example/a?token=abcdef12 now', 'url: https://x.example/a?token=abcdef12'],
    ['my password is hunter22!', 'secret: hunter22'],
    ['born on 2/19/1956 in Rome', 'birth-date: 2/19/1956'],
    ['Geburtsdatum: 19.02.1956', 'birth-date: 19.02.1956'],
    ['date of birth 12 March 1987', 'birth-date: 12 March 1987'],
    ['postcode SW1A 1AA', 'address: SW1A 1AA'],
    ['my zip code is 94103.', 'address: 94103'],
    ['I live at 12 Main Street, Apt. 4, please ring', 'address: 12 Main Street, Apt. 4'],
    ['to 350 W. Fifth Ave, Austin, TX 78701 today', 'address: 350 W. Fifth Ave, Austin, TX 78701'],
    ['send it to 12 old mill road today', 'address: 12 old mill road'],
    ['Ich wohne Hauptstraße 12a, 10115 Berlin.', 'address: Hauptstraße 12a, 10115 Berlin'],
    ['in der Langen Straße 3', 'address: Langen Straße 3'],
    ['vivo en Calle de Alcalá, 42 desde mayo', 'address: Calle de Alcalá, 42'],
    ['abito in Via Garibaldi, 7.', 'address: Via Garibaldi, 7'],
    ["j'habite 12 bis, rue de la Paix", 'address: 12 bis, rue de la Paix'],
    ['Keizersgracht 174, 1016 Amsterdam', 'address: Keizersgracht 174, 1016 Amsterdam'],
    ['my address is 7 Glen Rock 12', 'address: 7 Glen Rock 12'],
    ['P.O. Box 4411', 'address: P.O. Box 4411'],
    ['４１１１１１１１１１１１１１１１ is my card', 'card: ４１１１１１１１１１１１１１１１'],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected === undefined ? [] : [expected]);
  });
});

describe('what only looks like it is left alone', () => {
  test.each([
    'Where is order 4471182930?',
    'Order number 555-123-4567 has not come',
    'call me about order 4471182930',
    'Invoice 2026-000417-33 of 12.03.2026 over 1,250.00 EUR',
    'tracking 1Z999AA10123456784',
    'transaction 1234567890123456',
    'version 10.0.1.2 of the app',
    'it says 127.0.0.1 refused',
    'between 2010 and 2011, 10 000 000 people',
    'meet on 12.03.2026 at 14:30:00',
    'I paid $1234567 and 4500000 USD',
    'ISBN 978-3-16-148410-0',
    'user@localhost is no address',
    'at noon we meet dot by dot',
    'https://shop.example/item?id=12345678',
    'the PIN is wrong',
    'my score was 123-45',
    'the 3 Court rulings of 2026',
    'I spent 20 on Street food',
    'we drove 12 miles down the road',
    'he moved 2 Square metres of it',
    'Via Google 3 people wrote',
    'the suite has 501 tests',
    'postcode lottery 2026',
    'Postfach voll',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});

test.each([
  ['my pin is 4111 1111 1111 1111', '4111 1111 1111 1111'],
  ['from +49 170-12-3456 78 on', '+49 170-12-3456 78'],
])('of findings that overlap nothing is left over: %s', (text, whole) => {
  expect(findPersonalData(text).map(({ value }) => value)).toEqual([whole]);
});

test('names are suggestions only', () => {
  expect(findPersonalData('Hi, my name is Amelia Lindqvist.')).toMatchObject([
    { kind: 'name', value: 'Amelia Lindqvist', isSuggestion: true },
  ]);
});

test('findings are in order, without overlaps, and point at their value', () => {
  const text = 'a@b.example, +44 20 7946 0018; a@b.example 4111111111111111 from 203.0.113.7';
  const findings = findPersonalData(text);
  expect(findings.length).toBe(5);
  findings.forEach(({ start, end, value, confidence }, i) => {
    expect(text.slice(start, end)).toBe(value);
    expect(start).toBeGreaterThanOrEqual(findings[i - 1]?.end ?? 0);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(1);
  });
});

test('no detector takes long over a text made to take long', () => {
  const nasty = [
    '1 '.repeat(20_000),
    'a'.repeat(40_000),
    'a.'.repeat(20_000),
    '@'.repeat(40_000),
    '1-'.repeat(20_000),
    'a:'.repeat(20_000),
    'http://'.repeat(6_000),
    'GB10'.repeat(10_000),
  ];
  for (const { kind, find } of detectors)
    for (const text of nasty) {
      const startMs = performance.now();
      find(text);
      expect(performance.now() - startMs, `${kind} on ${text.slice(0, 10)}`).toBeLessThan(2_000);
    }
});

test('pseudonyms come back as what they stood for, and only ours do', () => {
  const { hide, restore, count } = createPseudonyms();
  const hidden = hide('Was [EMAIL_1] a@b.example or c@d.example? Yes, a@b.example.');
  expect(hidden).toBe('Was [EMAIL_1] [EMAIL_2] or [EMAIL_3]? Yes, [EMAIL_2].');
  expect(count()).toBe(2);
  expect(restore({ to: ['[email_2]', '[EMAIL_1]', '[EMAIL_9]'], n: 1, '[EMAIL_3]': null })).toEqual(
    {
      to: ['a@b.example', '[EMAIL_1]', '[EMAIL_9]'],
      n: 1,
      'c@d.example': null,
    },
  );
});

test('a value that is told once is hidden in every text, though nothing tells it there', () => {
  const { learn, hide } = createPseudonyms();
  const texts = ['5550100123 again (not 15550100123).', 'Call me at 5550100123.'];
  for (const text of texts) learn(text);
  expect(texts.map(hide)).toEqual(['[PHONE_1] again (not 15550100123).', 'Call me at [PHONE_1].']);
  // Control: alone the first text tells nothing.
  expect(createPseudonyms().hide(texts[0]!)).toBe(texts[0]);
});
