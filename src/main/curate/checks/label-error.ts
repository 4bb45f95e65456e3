import { isHeldOut } from '../../../shared/domain/example.ts';
import { canonicalJson, type Json } from '../../../shared/domain/json.ts';
import type { CurrentLabel, Example } from '../../store/examples.ts';
import { type CheckContext, defineCheck, inputOf, type Score } from '../check.ts';
import { normalise } from '../duplicates/normalise.ts';
import { type Judgement, judgeLabels } from '../label-errors/judge-labels.ts';
import { judgeOutputs } from '../label-errors/judge-outputs.ts';
import { doubtFromConfidence } from '../label-errors/stated-confidence.ts';
import { createOriginFinder } from '../lineage.ts';

type Labelled = Example & { readonly label: CurrentLabel };

/** Doubt is a difference of log probabilities; these are what other witnesses add to it. */
const OTHER_AUTHOR_DISAGREES = 2;
const SAMPLES_DISAGREE = 3;
const PERSON_VOUCHES = -2;
const SHOWN_NEIGHBOURS = 3;
/** With fewer rows or classes nothing can be learned from the others. */
const MIN_ROWS = 20;

export const labelErrorCheck = defineCheck({
  id: 'label-error',
  title: 'Label doubt',
  explanation:
    'Another label is likelier, going by a student trained without this record, by the most similar records, and by how sure the teacher was. In published tests about half of such flags were real errors: review them, the lowest scores first.',
  taskKinds: ['classify', 'extract', 'tools'],
  threshold: 0.3,
  async run(context, work) {
    const labelled = context.examples.filter(
      (example): example is Labelled =>
        example.label !== undefined && example.status !== 'rejected',
    );
    const invalid = labelled.filter(({ label }) => !label.isValid);
    const valid = labelled.filter(({ label }) => label.isValid);
    const scores: Score[] = invalid.map(({ id }) => ({
      exampleId: id,
      score: 0,
      evidence: { reason: 'the output is not valid' },
    }));

    const hasFields = context.task.kind === 'extract' || context.task.kind === 'tools';
    // What is measured by must not steer what is learnt: held-out labels are judged and judge no other.
    const witnesses = valid.filter((example) => !isHeldOut(example));
    const known = new Set(witnesses.map(({ label }) => canonicalJson(label.output)));
    const classes = [
      ...known.union(new Set(valid.map(({ label }) => canonicalJson(label.output)))),
    ];
    const canLearn =
      witnesses.length >= MIN_ROWS &&
      known.size >= 2 &&
      (hasFields || context.task.kind === 'classify');
    if (!canLearn) return [...scores, ...valid.map((example) => scoreAlone(example))];

    const groupNumbers = new Map<string, number>();
    const originOf = createOriginFinder(context.examples);
    // What was made from one row is no witness of it.
    const groups = Int32Array.from(valid, (example) => {
      const form = normalise(inputOf(originOf(example)));
      const known = groupNumbers.get(form) ?? groupNumbers.size;
      groupNumbers.set(form, known);
      return known;
    });
    const witness = createWitness(context);
    if (hasFields) {
      const judged = await judgeOutputs(context, valid, groups, work);
      return [
        ...scores,
        ...valid.map((example, i) => witness(example, judged[i]!.doubt, judged[i]!.evidence)),
      ];
    }
    const texts = valid.map(inputOf);
    const numbers = new Map(classes.map((name, index) => [name, index]));
    const targets = Int32Array.from(
      valid,
      ({ label }) => numbers.get(canonicalJson(label.output))!,
    );
    const heldOut = valid.map(isHeldOut);
    const judgement = await judgeLabels(
      { texts, targets, groups, classCount: classes.length, heldOut },
      context.tools,
      context.seed,
      work,
    );
    const names = classes.map((name) => String(JSON.parse(name)));
    return [...scores, ...scoreAll(witness, valid, targets, names, judgement)];
  },
});

/** Without classes only the author's own doubts count. */
function scoreAlone({ id, label }: Labelled): Score {
  const score = label.agreement * (label.confidence ?? 1);
  return {
    exampleId: id,
    score: Math.min(1, Math.max(0, score)),
    evidence: { agreement: label.agreement, confidence: label.confidence },
  };
}

type Witness = (example: Labelled, doubt: number, evidence: Score['evidence']) => Score;

/** Adds to a doubt what other authors, the teacher's other answers and people say. */
function createWitness(context: CheckContext): Witness {
  const imported = new Map(
    context.labelsBy('imported').map(({ exampleId, output }) => [exampleId, canonicalJson(output)]),
  );
  return ({ id, label }, doubt, evidence) => {
    const rival = imported.get(id);
    const hasRival = rival !== undefined && rival !== canonicalJson(label.output);
    const all =
      doubt +
      (hasRival ? OTHER_AUTHOR_DISAGREES : 0) +
      SAMPLES_DISAGREE * (1 - label.agreement) +
      (label.author === 'human' ? PERSON_VOUCHES : 0);
    return {
      exampleId: id,
      score: 1 / (1 + Math.exp(all)),
      evidence: {
        ...evidence,
        confidence: label.confidence,
        agreement: label.agreement,
        ...(hasRival ? { imported: rival } : {}),
      },
    };
  };
}

function scoreAll(
  witness: Witness,
  examples: readonly Labelled[],
  targets: Int32Array,
  classes: readonly string[],
  judgement: Judgement,
): Score[] {
  const heldOut = examples.map(isHeldOut);
  const classSizes = new Int32Array(classes.length);
  targets.forEach((target, i) => {
    if (!heldOut[i]) classSizes[target]!++;
  });
  const fromConfidence = doubtFromConfidence(
    examples.map(({ label }) => label.confidence),
    Array.from(judgement.doubt, (doubt) => doubt < 0),
    heldOut,
  );
  return examples.map((example, i) => {
    // A class of few examples was hardly learned, so a likelier other class says little: shrink by (n - 1) / (n + 1).
    const size = Math.max(1, classSizes[targets[i]!]!);
    const doubt = judgement.doubt[i]! * ((size - 1) / (size + 1)) + fromConfidence[i]!;
    return witness(example, doubt, {
      given: classes[targets[i]!]!,
      suggested: classes[judgement.suggested[i]!]!,
      probability: round(judgement.suggestedProbability[i]!),
      givenProbability: round(judgement.givenProbability[i]!),
      neighbours: neighboursOf(i, examples, judgement),
    });
  });
}

function neighboursOf(
  row: number,
  examples: readonly Labelled[],
  { neighbours: { k, indices, similarities } }: Judgement,
): Json {
  const shown: Json[] = [];
  for (let j = row * k; j < row * k + Math.min(k, SHOWN_NEIGHBOURS) && indices[j]! >= 0; j++) {
    const { externalId, label } = examples[indices[j]!]!;
    shown.push({ id: externalId, label: label.output, similarity: round(similarities[j]!) });
  }
  return shown;
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
