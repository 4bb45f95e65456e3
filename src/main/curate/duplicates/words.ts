/** English word lists for telling an edit that keeps the meaning from one that changes it. Other languages fall back to the letters alone. */

const list = (text: string) => text.trim().split(/\s+/);

/** Greetings, thanks and padding, as token sequences: they add nothing to what is asked. */
export const fillerPhrases: readonly (readonly string[])[] = [
  'please advise',
  'thank you',
  'thank you so much',
  'thank you very much',
  'thanks in advance',
  'thanks a lot',
  'many thanks',
  'hello there',
  'hi there',
  'hey there',
  'good morning',
  'good afternoon',
  'good evening',
  'quick question',
  'kind regards',
  'best regards',
  'excuse me',
  'as soon as possible',
  'right now',
  'by the way',
].map(list);

export const fillers = new Set(
  list(`
  please pls plz kindly thanks thank thx ty cheers hi hello hey hiya greetings um umm uh uhm er erm hmm well ok okay
  so just really actually exactly basically simply literally honestly asap urgently now also anyway btw`),
);

/** Two spellings of the same words, as token sequences; the first of a row stands for the others. */
export const contractions: readonly (readonly (readonly string[])[])[] = [
  ['cant', 'can not', 'cannot', 'could not', 'couldnt'],
  ['dont', 'do not'],
  ['doesnt', 'does not'],
  ['didnt', 'did not'],
  ['isnt', 'is not'],
  ['arent', 'are not'],
  ['wasnt', 'was not'],
  ['werent', 'were not'],
  ['hasnt', 'has not'],
  ['havent', 'have not'],
  ['hadnt', 'had not'],
  ['wont', 'will not'],
  ['wouldnt', 'would not'],
  ['shouldnt', 'should not'],
  ['im', 'i am'],
  ['ive', 'i have'],
  ['its', 'it is'],
  ['whats', 'what is'],
  ['wheres', 'where is'],
  ['hows', 'how is'],
  ['whos', 'who is'],
  ['thats', 'that is'],
  ['theres', 'there is'],
].map((row) => row.map(list));

/** Two ways to say one thing, likewise. */
export const synonyms: readonly (readonly (readonly string[])[])[] = [
  ['can', 'could'],
  ['want', 'would like', 'id like', 'wanna', 'wish'],
  ['why', 'how come'],
  ['need', 'require'],
  ['get', 'obtain'],
  ['find', 'locate'],
  ['buy', 'purchase'],
  ['help', 'assist'],
  ['show', 'display'],
  ['change', 'modify', 'alter'],
  ['lost', 'misplaced'],
  ['money', 'funds'],
  ['account', 'acct'],
  ['card', 'bank card'],
  ['picture', 'photo'],
  ['phone', 'telephone'],
  ['begin', 'start'],
  ['end', 'finish'],
  ['fix', 'repair'],
  ['big', 'large'],
  ['quick', 'fast'],
  ['ask', 'inquire', 'enquire'],
  ['wrong', 'incorrect'],
  ['switch', 'turn'],
  ['schedule', 'set'],
  ['request', 'order'],
  ['delete', 'remove'],
  ['reply', 'respond'],
  ['message', 'msg'],
  ['number', 'nbr'],
  ['information', 'info'],
  ['maximum', 'max'],
  ['minimum', 'min'],
  ['your', 'ur'],
].map((row) => row.map(list));

/** Words that carry grammar: one may be dropped or added without a change of meaning. */
export const lightWords = new Set(
  list(`
  a an the this that these those of for with at as by is am are was were be been being do does did done has have had
  will would can could shall should may might must to in on up out off into onto and or but if then than there here it its
  i me my mine we us our you your yours im ive he him his she her they them their some any about from very too through over per via within until during while so`),
);

/** Exchanging one of these for another is no change of meaning. */
export const determiners = new Set(list('a an the this that these those some any'));

/** Losing, adding or changing one of these changes what is meant. */
export const decisiveWords = new Set([
  ...list(
    'cant dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt shouldnt',
  ),
  ...list('not no never none nothing nobody neither nor without non unless except'),
  ...list('monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays'),
  ...list('thursdays fridays saturdays sundays mon tue tues wed thu thur thurs fri'),
  ...list('january february march april june july august september october november december'),
  ...list('jan feb mar apr jun jul aug sep sept oct nov dec'),
  ...list('today tomorrow yesterday tonight morning afternoon evening noon midnight weekend'),
  ...list('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen'),
  ...list('fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy'),
  ...list('eighty ninety hundred thousand million billion half quarter double twice once dozen'),
  ...list('first second third fourth fifth last next previous'),
  ...list('usd eur gbp chf jpy cny inr aud cad dollar dollars euro euros pound pounds yen peso'),
  ...list('pesos rupee rupees franc francs yuan cents pence bitcoin'),
  ...list('pm hour hours minute minutes day days week weeks month months year years'),
]);

/** Text that is nothing but digits and separators, or has a digit in it: an amount, a date, a reference. */
export const isNumeric = (word: string): boolean =>
  /\p{N}/u.test(word) || /^[\p{Sc}%+=<>]$/u.test(word);
