import { type Detector, matchSpans } from './finding.ts';

const known =
  /(?<![\w-])(?:sk-[A-Za-z0-9_-]{20,}|gh[pousr]_[A-Za-z0-9]{30,}|AKIA[0-9A-Z]{16}|xox[abpors]-[A-Za-z0-9-]{10,}|AIza[\w-]{35}|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|glpat-[\w-]{20,})(?![\w-])/g;
const pem =
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{20,8000}?-----END [A-Z ]{0,30}PRIVATE KEY-----/g;
const named =
  /\b(?:password|passwort|passwd|passcode|mot de passe|contraseña|pin(?: code)?)\s*(?:is|ist|est|es|:|=)\s*["']?([^\s"']*\d[^\s"',.;!?]*)/gi;

/** Keys, tokens and passwords that were pasted into a message. */
export const secret: Detector = {
  kind: 'secret',
  find: (text) => [
    ...matchSpans(text, known, () => 0.99),
    ...matchSpans(text, pem, () => 0.99),
    ...matchSpans(text, named, (value) => (value.length >= 4 ? 0.75 : 0)),
  ],
};
