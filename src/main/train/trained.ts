import type { TrainOutcome } from '../../shared/contract/train.ts';
import type { Provider } from '../../shared/domain/provider.ts';
import type { StudentFacts } from './bundle/student-json.ts';
import type { Measure } from './measure.ts';
import type { Doubt } from './repair.ts';
import type { StudentParts, TrainOptions } from './students/student.ts';
import type { WriterChanges } from './writer/settings.ts';

export interface TrainRequest {
  /** The id of a kind of student, or `best` for the best of all kinds on held-out rows. */
  readonly student: string;
  readonly seed: number;
  readonly threads: number;
  readonly provider?: Provider | undefined;
  /** Folder of an encoder in place of the bundled one, for kinds that are built on one. */
  readonly encoderFolder?: string | undefined;
  /** Folder of a causal language model, for a kind of student that writes. */
  readonly baseFolder?: string | undefined;
  /** How it is trained, where that is not as usual. */
  readonly writerSettings?: WriterChanges | undefined;
  /** Where students and checkpoints are kept. */
  readonly filesFolder: string;
  /** Labels that curating doubts and nobody has decided about. */
  readonly doubts: readonly Doubt[];
  readonly measure: Measure;
}

/** When several kinds are compared, each training of one keeps within about this. */
const BEST_BUDGET_SECONDS = 10;

/** What each training that a request leads to is told. */
export function toTrainOptions({
  student,
  seed,
  threads,
  provider,
  encoderFolder,
}: TrainRequest): Omit<TrainOptions, 'checkpoint'> {
  return {
    seed,
    threads,
    ...(provider === undefined ? {} : { provider }),
    ...(encoderFolder === undefined ? {} : { encoderFolder }),
    ...(student === 'best' ? { budgetSeconds: BEST_BUDGET_SECONDS } : {}),
  };
}

/** A student that was trained on all rows, and what was found out on the way; nothing of it is on disk yet. */
export interface Trained
  extends Omit<TrainOutcome, 'studentId' | 'folder' | 'cpuSeconds' | 'wallSeconds'> {
  readonly parts: StudentParts;
  /** What student.json says besides of how it came about. */
  readonly facts: Pick<
    StudentFacts,
    'classes' | 'model' | 'calibration' | 'outlier' | 'wasKeptAsMeasured'
  >;
  /** More numbers of how it came about, for student.json and the card. */
  readonly figures?: Readonly<Record<string, number>>;
  readonly int8AccuracyDifference: number | null;
  /** Every example that the student learned from. */
  readonly usedExampleIds: readonly number[];
  /** SHA-256 over what was learned from: ids, contents, targets, weights. */
  readonly dataFingerprint: string;
}
