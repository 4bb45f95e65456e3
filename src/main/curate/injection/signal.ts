/** What a part of a text does that a customer's message seldom does. */
export const signalWords = {
  override: 'tells a model to set its instructions aside',
  persona: 'gives a model another part to play',
  authority: 'claims a say over the model',
  reveal: 'asks a model for a secret or for its instructions',
  'other-data': "asks for other people's data",
  steer: 'tells a model what to write in its answer',
  exfiltrate: 'has data sent to an address',
  framing: 'dresses the request as a game or a thought experiment',
  pressure: 'offers or threatens the model something',
  splitting: 'has the request put together from pieces',
  errand: 'asks for a piece of writing or work of another kind',
  'role-mark': 'holds the marks of a chat between model and user',
  transcript: 'imitates a conversation for the model to go on with',
  flood: 'repeats one word over and over',
  hidden: 'holds something that people do not see',
  encoded: 'holds something encoded',
  disguised: 'writes its words in another way so that they are not recognised',
} as const;
export type SignalKind = keyof typeof signalWords;

/** One sign that a text speaks to a model. */
export interface Signal {
  readonly kind: SignalKind;
  /** How surely, taken alone, in (0, 1). */
  readonly weight: number;
  /** The words that show it; of something hidden or encoded, what it says. */
  readonly quote: string;
  /** Where it stands in the text; absent where the text had to be changed to read it. */
  readonly place?: { readonly start: number; readonly end: number };
}

/** Words that show a sign. The pattern is for a text in lower case; it runs in linear time, so no gap is unbounded. */
export interface PhraseRule {
  readonly kind: SignalKind;
  readonly weight: number;
  /** One of these stands in every text that fits; looking for them is quicker. */
  readonly needs: readonly string[];
  readonly pattern: RegExp;
}
