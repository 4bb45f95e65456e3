import { type Detector, matchSpans } from './finding.ts';

const name = "\\p{Lu}(?:[\\p{L}'’.-]{0,23}\\p{L}|\\.)";
const house = '\\d{1,5}\\s?[a-zA-Z]?(?:\\s?[-/]\\s?\\d{1,4})?';
const gap = '[\\s,]{1,3}';
/** A room, then a town with its state and code, or with its code before it. */
const rest = [
  `(?:${gap}(?:[Aa]pt|[Aa]partment|[Ss]uite|[Uu]nit|[Ff]lat|[Ff]loor)\\b\\.?\\s?#?[\\w-]{1,6})?`,
  `(?:${gap}${name}(?:\\s${name}){0,2}${gap}[A-Z]{2}\\s\\d{5}(?:-\\d{4})?|${gap}(?:[A-Z]{1,2}-)?\\d{4,5}\\s${name})?`,
].join('');

const englishWay =
  'Street|Avenue|Road|Lane|Drive|Boulevard|Court|Square|Terrace|Crescent|Close|Parkway|Highway';
const shortWay = 'St|Ave|Rd|Ln|Dr|Blvd|Ct|Sq|Cres|Pkwy|Hwy';
const joinedWay =
  'stra(?:ße|sse)|str\\.|gasse|allee|platz|weg|damm|ufer|straat|laan|gracht|plein|vej|gade|vägen|gatan|veien|vegen|katu|utca';
const southernWay =
  'Rua|Avenida|Travessa|Calle|Paseo|Avda\\.?|Viale|Piazza|Corso|Rue|Boulevard|Chemin|Impasse|ulica|ul\\.';
const frenchWay = 'rue|avenue|boulevard|chemin|impasse|allée|quai|place';
const link = '(?:\\s(?:de|del|della|di|do|da|dos|du|des|la|las|los|le|les|san|santa)){0,3}';

const start = '(?<![\\p{L}\\p{N}.])';
const end = '(?![\\p{L}\\p{N}])';
const streets = [
  // 12 Main Street, Apt. 4, Springfield, IL 62704
  `\\d{1,6}[A-Za-z]?\\s(?:[NSEW]\\.?\\s)?(?:${name}\\s|\\d{1,3}(?:st|nd|rd|th)\\s){1,4}(?:${englishWay}|(?:${shortWay})\\b\\.?)`,
  // as it is typed in haste: 12 main street
  `\\d{1,5}\\s(?:[a-z]{3,20}\\s){1,2}(?:street|avenue|road|lane|drive|boulevard)`,
  // Hauptstraße 12, 10115 Berlin; Lange Straße 3
  `(?:\\p{Lu}[\\p{L}-]{1,24}(?:${joinedWay})|${name}\\s(?:Straße|Strasse|Str\\.|Allee|Platz|Weg))\\s${house}`,
  // Rua do Arenque 1634; Calle de Alcalá, 42
  `(?:${southernWay})${link}\\s${name}(?:\\s${name}){0,3},?\\s(?:n[.º°]?\\s?)?${house}`,
  // Via Garibaldi, 7. Not "via Google 3 people"
  `Via${link}\\s${name}(?:\\s${name}){0,3},?\\s(?:n[.º°]?\\s?)?${house}(?=\\s*(?:[,.;\\n]|$))`,
  // 12 bis, rue de la Paix
  `\\d{1,4}(?:\\s(?:bis|ter))?,?\\s(?:${frenchWay})${link}(?:\\s(?:d'|l')?${name}|\\s?[dl]['’]${name}){1,3}`,
].map((form) => new RegExp(`${start}(?:${form})${end}${rest}`, 'gu'));

const room = /(?<![\p{L}\p{N}])(?:Apt\.?|Apartment|Suite)\s#?\d{1,5}[A-Z]?(?![\p{L}\p{N}])/gu;
/** Whatever has a number and a capital after words that say that an address comes. */
const announced = new RegExp(
  `(?:\\b[Aa]ddress(?:\\sis|:)|\\b[Ll]ives?\\sat|\\b(?:[Dd]elivere?d?|[Ss]ent|[Ss]end|[Ss]hip(?:ped)?)\\sto|\\b[Aa]dresse(?:\\sist|\\sest|\\s?:)|\\b[Dd]irección(?:\\ses|:))\\s(\\d{1,6}[A-Za-z]?,?\\s${name}(?:\\s${name}){0,3}(?:\\s${house})?|${name}(?:\\s${name}){0,2}\\s${house})${end}`,
  'gu',
);
const box =
  /(?<![\p{L}\p{N}])(?:p\.?\s?o\.?\s?box|postfach|bo[iî]te postale|apartado(?: de correos)?|casella postale|postbus)\s(?:n[.º°]?\s?)?\d{1,6}(?!\p{N})/giu;
const code =
  /\b(?:zip(?:\s?code)?|post(?:al)?\s?code|plz|postleitzahl|code postal|código postal)\b(?:\s?(?::|is|=)\s?|\s)(?=[A-Z\d -]{0,7}\d)([A-Z\d]{2,5}(?:[ -]?[A-Z\d]{2,4})?)(?![\p{L}\p{N}])/giu;

/** Streets with the number of a house, boxes, and codes that are called postal. A town by itself is no address. */
export const address: Detector = {
  kind: 'address',
  find: (text) => [
    ...streets.flatMap((form) => matchSpans(text, form, () => 0.85)),
    ...matchSpans(text, announced, () => 0.8),
    ...matchSpans(text, room, () => 0.8),
    ...matchSpans(text, box, () => 0.9),
    ...matchSpans(text, code, () => 0.8),
  ],
};
