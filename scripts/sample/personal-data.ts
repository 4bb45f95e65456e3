import type { Rng } from '../../src/main/lib/rng.ts';

export interface PersonalData {
  readonly type: 'name' | 'email' | 'iban' | 'card' | 'phone';
  readonly text: string;
}

// Invented people; documentation IBANs of the national registries; card numbers of payment test environments;
// e-mail domains of RFC 2606; telephone numbers that Ofcom and the NANPA reserve for fiction.
const firstNames =
  'Amelia Noah Priya Mateusz Oluwaseun Ingrid Tomás Leila Kenji Marta Dafydd Zoë'.split(' ');
const lastNames =
  'Hartley Okonkwo Lindqvist Moreau Castellanos Nakagawa Petrov Llewellyn Banerjee Kowalczyk'.split(
    ' ',
  );
const domains = ['example.com', 'example.org', 'example.net'];
const ibans = [
  'GB82 WEST 1234 5698 7654 32',
  'DE89 3704 0044 0532 0130 00',
  'FR14 2004 1010 0505 0001 3M02 606',
  'NL91ABNA0417164300',
  'ES91 2100 0418 4502 0005 1332',
  'BE68539007547034',
  'CH93 0076 2011 6238 5295 7',
  'SE45 5000 0000 0583 9825 7466',
];
const cards = [
  '4242 4242 4242 4242',
  '5555-5555-5555-4444',
  '378282246310005',
  '4000056655665556',
  '6011 1111 1111 1117',
  '5105105105105100',
];

/** Adds invented personal data around a message, as customers write it. The message itself stays as it is. */
export function addPersonalData(
  message: string,
  rng: Rng,
): { text: string; personalData: PersonalData[] } {
  const pick = (list: readonly string[]) => list[rng.integer(list.length)]!;
  const first = pick(firstNames);
  const last = pick(lastNames);
  const name = `${first} ${last}`;
  const mailbox = `${first}.${last}`
    .toLowerCase()
    .normalize('NFD')
    .replace(/[^a-z.]/g, '');
  const email = `${mailbox}${10 + rng.integer(89)}@${pick(domains)}`;
  const digits = String(rng.integer(1000)).padStart(3, '0');
  const phone = pick([
    `07700 900${digits}`,
    `+44 20 7946 0${digits}`,
    `(202) 555-01${digits.slice(1)}`,
  ]);
  const iban = pick(ibans);
  const card = pick(cards);
  const part = {
    name: { type: 'name', text: name },
    email: { type: 'email', text: email },
    iban: { type: 'iban', text: iban },
    card: { type: 'card', text: card },
    phone: { type: 'phone', text: phone },
  } as const;
  const forms: readonly { text: string; personalData: PersonalData[] }[] = [
    {
      text: `Hi, this is ${name}. ${message} You can write to ${email}.`,
      personalData: [part.name, part.email],
    },
    { text: `${message} My IBAN is ${iban}.`, personalData: [part.iban] },
    { text: `${message} The card number is ${card}.`, personalData: [part.card] },
    { text: `${message} Please call me on ${phone}.`, personalData: [part.phone] },
    {
      text: `${message}\n\nBest regards\n${name}\n${phone}`,
      personalData: [part.name, part.phone],
    },
    {
      text: `My account ${iban} is in the name of ${name}. ${message}`,
      personalData: [part.iban, part.name],
    },
    { text: `${email}: ${message}`, personalData: [part.email] },
  ];
  return forms[rng.integer(forms.length)]!;
}
