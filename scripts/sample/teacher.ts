import type { Rng } from '../../src/main/lib/rng.ts';
import type { Message } from './pool.ts';

export interface Reply {
  readonly raw: string;
  readonly label: string;
  readonly malformed: string | null;
}

const WRONG_SHARE = 0.08;
const MALFORMED_SHARE = 0.02;
/** How often each kind occurs among the malformed replies of the recorded teacher. */
const malformedKinds = [
  ['not_in_list', 33],
  ['truncated', 27],
  ['prose', 25],
  ['empty', 19],
  ['refusal', 19],
  ['wrong_key', 17],
  ['bad_quotes', 17],
  ['two_labels', 16],
  ['case_variant', 15],
  ['fence', 12],
] as const;

/**
 * The simulated teacher of the sample: its recorded reply where there is one whose label is a label of the task, and
 * where there is none a reply with the same share of plausible mistakes and of malformed answers.
 */
export function createTeacher(train: readonly Message[], rng: Rng) {
  const rank = createRanking(train);
  const labels = [...new Set(train.map((message) => message.label))];

  function mistake(text: string, label: string): string {
    const [first, second, third] = rank(text).filter((candidate) => candidate !== label);
    return rng.next() < 0.5 ? first! : [second!, third!][rng.integer(2)]!;
  }

  /** Keeps a copy of a recorded reply; a wrong label from outside the sample becomes a likely one inside. */
  function adapt(message: Message): Reply {
    const recorded = message.recorded!;
    if (labels.includes(recorded.label)) return recorded;
    const label = mistake(message.text, message.label);
    const confidence = Number(/\d\.\d+/.exec(recorded.raw)?.[0] ?? 0.7);
    return write(label, confidence, recorded.malformed);
  }

  function simulate(message: Message): Reply {
    const isWrong = rng.next() < WRONG_SHARE;
    const label = isWrong ? mistake(message.text, message.label) : message.label;
    // Mildly informative on purpose: a real teacher's own confidence is no more than that.
    const confidence = Math.max(0.5, 0.99 - (isWrong ? 0.35 : 0.25) * rng.next());
    const malformed = rng.next() < MALFORMED_SHARE ? drawKind(rng) : null;
    return write(label, Math.round(confidence * 100) / 100, malformed);
  }

  function write(label: string, confidence: number, malformed: string | null): Reply {
    const other = labels[rng.integer(labels.length)]!;
    return { raw: format(label, other, confidence, malformed), label, malformed };
  }

  return (message: Message): Reply => (message.recorded ? adapt(message) : simulate(message));
}

function drawKind(rng: Rng): string {
  const total = malformedKinds.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = rng.integer(total);
  return malformedKinds.find(([, weight]) => {
    rest -= weight;
    return rest < 0;
  })![0];
}

function format(label: string, other: string, confidence: number, kind: string | null): string {
  const plain = `{"label": "${label}", "confidence": ${confidence}}`;
  switch (kind) {
    case 'not_in_list':
      return plain.replace(label, `general_${label.split('_').at(-1)}`);
    case 'truncated':
      return plain.slice(0, 12 + Math.floor(label.length / 2));
    case 'prose':
      return `Sure! Looking at the message, the customer is asking about ${label.replaceAll('_', ' ')}. So the answer is:\n${plain}\nLet me know if you need anything else.`;
    case 'empty':
      return '';
    case 'refusal':
      return "I'm sorry, but I can't help with that request.";
    case 'wrong_key':
      return `{"intent": "${label}", "score": ${confidence}}`;
    case 'bad_quotes':
      return plain.replaceAll('"', "'");
    case 'two_labels':
      return `{"label": ["${label}", "${other}"], "confidence": ${confidence}}`;
    case 'case_variant':
      return plain.replace(label, label.toUpperCase());
    case 'fence':
      return `\`\`\`json\n${plain}\n\`\`\``;
    default:
      return plain;
  }
}

/** Labels from the likeliest to the least likely for a text: naive Bayes on words, weak on purpose. */
function createRanking(train: readonly Message[]): (text: string) => string[] {
  const counts = new Map<string, Map<string, number>>();
  for (const { text, label } of train) {
    const words = counts.get(label) ?? new Map<string, number>();
    for (const word of toWords(text)) words.set(word, (words.get(word) ?? 0) + 1);
    counts.set(label, words);
  }
  const models = [...counts].map(([label, words]) => ({
    label,
    words,
    total: words.values().reduce((sum, count) => sum + count, 0),
  }));
  return (text) => {
    const scored = models.map(({ label, words, total }) => ({
      label,
      // log P(words | label), add-one smoothing over a nominal vocabulary of 2,000
      score: toWords(text).reduce(
        (sum, word) => sum + Math.log(((words.get(word) ?? 0) + 1) / (total + 2000)),
        0,
      ),
    }));
    return scored.sort((a, b) => b.score - a.score).map(({ label }) => label);
  };
}

function toWords(text: string): string[] {
  return text.toLowerCase().match(/[a-z']+/g) ?? [];
}
