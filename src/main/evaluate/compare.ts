import type { Comparison, TeacherComparison } from '../../shared/contract/evaluate.ts';
import type { Split } from '../../shared/domain/example.ts';
import type { Metrics } from '../../shared/domain/metrics.ts';
import type { Prediction, Predictor } from '../../shared/domain/prediction.ts';
import { bootstrap } from '../lib/statistics/bootstrap.ts';
import { mcnemar } from '../lib/statistics/mcnemar.ts';
import type { Work } from '../lib/work.ts';
import type { Gold } from '../store/gold.ts';
import type { Store } from '../store/store.ts';
import { toInput } from '../store/to-input.ts';
import { type Marking, predictAll, scoreAll } from './answers.ts';
import { measureAll } from './metrics/index.ts';
import { isRight, type Scored, type ScoredAnswer } from './scored.ts';
import { teacherAnswers } from './teacher-answers.ts';

export interface PreviousStudent {
  readonly studentId: string;
  readonly predictor: Predictor;
}

interface Judge {
  readonly predictor: Predictor;
  readonly marking: Marking;
  readonly work: Work;
}

/** On the evaluated rows where the teacher answered some, else on calibration rows that a person answered. */
export async function compareWithTeacher(
  store: Store,
  gold: Gold,
  student: Scored,
  split: Split,
  { predictor, marking, work }: Judge,
): Promise<{ teacher: Metrics; figures: TeacherComparison } | undefined> {
  if (gold.author === 'teacher') return undefined;
  const answers = teacherAnswers(store, marking, split, gold);
  if (gold.rows.some((row) => answers.has(row.example.id)))
    return compareOnRows(gold, student, answers, split);

  const calibration = store.gold.of('calibration');
  if (split === 'calibration' || calibration?.author !== 'human') return undefined;
  const others = teacherAnswers(store, marking, 'calibration', calibration);
  if (!calibration.rows.some((row) => others.has(row.example.id))) return undefined;
  const predictions = await predictAll(
    predictor,
    calibration.rows.map(({ example }) => toInput(example)),
    work,
    'Student answers the rows that the teacher answered',
  );
  const scored = toScored(calibration, predictions, predictor.classes, marking);
  return compareOnRows(calibration, scored, others, 'calibration');
}

function compareOnRows(
  gold: Gold,
  student: Scored,
  answers: ReadonlyMap<number, ScoredAnswer>,
  split: Split,
): { teacher: Metrics; figures: TeacherComparison } {
  const rows = gold.rows.flatMap((row, i) => (answers.has(row.example.id) ? [i] : []));
  const pick = (answerOf: (row: number) => ScoredAnswer): Scored => ({
    task: student.task,
    gold: rows.map((row) => student.gold[row]!),
    answers: rows.map(answerOf),
    ...(student.replies && { replies: rows.map((row) => student.replies![row]!) }),
    ...(student.houseWords !== undefined && { houseWords: student.houseWords }),
  });
  const own = pick((row) => student.answers[row]!);
  const teacher = pick((row) => answers.get(gold.rows[row]!.example.id)!);
  return {
    teacher: measureAll(teacher),
    figures: {
      split,
      n: rows.length,
      of: gold.rows.length,
      student: measureAll(own),
      ...compare(own, teacher),
    },
  };
}

export async function compareWithPrevious(
  previous: PreviousStudent,
  gold: Gold,
  student: Scored,
  marking: Marking,
  work: Work,
): Promise<Comparison & { readonly studentId: string }> {
  const predictions = await predictAll(
    previous.predictor,
    gold.rows.map(({ example }) => toInput(example)),
    work,
    'The student before answers',
  );
  const before = toScored(gold, predictions, previous.predictor.classes, marking);
  return { studentId: previous.studentId, ...compare(student, before) };
}

function compare(first: Scored, second: Scored): Comparison {
  const firstRight = first.gold.map((_, row) => isRight(first, row));
  const secondRight = second.gold.map((_, row) => isRight(second, row));
  const gains = Int8Array.from(
    firstRight,
    (isFirst, row) => Number(isFirst) - Number(secondRight[row]),
  );
  const difference = bootstrap(gains.length, (sample) => {
    let sum = 0;
    for (let i = 0; i < sample.length; i++) sum += gains[sample[i]!]!;
    return sum / sample.length;
  });
  return { difference, mcnemar: mcnemar(firstRight, secondRight) };
}

export function toScored(
  gold: Gold,
  predictions: readonly Prediction[],
  classes: readonly string[],
  marking: Marking,
): Scored {
  const inputs = gold.rows.map(({ example }) => toInput(example));
  return scoreAll(
    { inputs, gold: gold.rows.map((row) => row.gold), predictions, classes },
    marking,
  );
}
