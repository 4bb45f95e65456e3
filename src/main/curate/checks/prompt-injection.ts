import type { Json } from '../../../shared/domain/json.ts';
import type { Example } from '../../store/examples.ts';
import { defineCheck, isOddOnPurpose, type Score } from '../check.ts';
import { eachRow } from '../each-row.ts';
import { findInjection, scoreOf } from '../injection/find-injection.ts';
import { type Signal, signalWords } from '../injection/signal.ts';

export const promptInjectionCheck = defineCheck({
  id: 'prompt-injection',
  title: 'Prompt injection',
  explanation:
    'The text, or what the teacher made of it, speaks to a model instead of to you: it asks it to set its instructions aside, to play a part, to tell a secret, or it hides or encodes something. Read such a record before a teacher does. This finds what it knows and is never complete: no flag does not mean safe.',
  threshold: 0.5,
  async run({ task, examples, tools }, work) {
    const scores: Score[] = [];
    await eachRow(examples, 'Looking for orders to a model', work, (example) => {
      if (isOddOnPurpose(example, tools)) return;
      const parts = partsOf(example, task.kind === 'classify').map(({ name, text }) => ({
        name,
        signals: findInjection(text),
      }));
      const score = Math.min(...parts.map(({ signals }) => scoreOf(signals)));
      if (score === 1) return;
      scores.push({
        exampleId: example.id,
        score,
        evidence: {
          signals: parts.flatMap(({ name, signals }) =>
            signals.map(({ kind, weight, quote }) => ({ in: name, kind, weight, quote })),
          ),
          reasons: parts.flatMap(({ name, signals }) => signals.map((one) => tell(name, one))),
          places: parts
            .filter(({ name }) => name === 'text')
            .flatMap(({ signals }) => signals.flatMap(toPlace)),
        },
      });
    });
    return scores;
  },
});

interface Part {
  readonly name: 'text' | 'context' | 'output';
  readonly text: string;
}

/** What a model or a person may read of a row. A label is one of the task's own words. */
function partsOf({ text, context, label }: Example, hasLabels: boolean): Part[] {
  const parts: Part[] = [{ name: 'text', text }];
  if (context) parts.push({ name: 'context', text: context });
  if (label && !hasLabels)
    parts.push(...textsIn(label.output).map((said): Part => ({ name: 'output', text: said })));
  return parts;
}

/** Every text within an output. */
function textsIn(output: Json): string[] {
  if (typeof output === 'string') return [output];
  return output !== null && typeof output === 'object'
    ? Object.values(output).flatMap(textsIn)
    : [];
}

const subject: Readonly<Record<Part['name'], string>> = {
  text: 'The text',
  context: 'The turn before',
  output: 'The output',
};

const tell = (name: Part['name'], { kind, quote }: Signal): string =>
  `${subject[name]} ${signalWords[kind]}: “${quote}”.`;

const toPlace = ({ kind, place }: Signal) => (place ? [{ kind, ...place }] : []);
