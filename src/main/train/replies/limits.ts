/** A type of reply is one that so many rows follow. */
export const FEWEST_ROWS = 5;
/** Words of a type that no person has approved stand in rows of so many groups at least: one customer's name does not. */
export const FEWEST_SAYING = 3;
/** Replies of more words have no type: comparing two takes memory and time with the square of it. */
export const MOST_WORDS = 1_000;
/** Wordings of one kind that may one after the other lead to no type; with that the rest of the kind is given up. */
export const MOST_FRUITLESS = 8;
/** A student knows so many types at most; the ones that the most rows follow. */
export const MOST_TYPES = 64;
/** Types are looked for in so many rows at most, and then in all: another wording would be rarer than one in a thousand. */
export const MOST_ROWS = 5_000;
