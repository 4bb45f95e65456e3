import type { Form } from '../../../shared/domain/form/form.ts';
import { unlessFinishing, type Work } from '../../lib/work.ts';
import { withMeasured } from '../early-end.ts';
import { planParts } from '../held-out-scores.ts';
import { tryKinds } from '../try-kinds.ts';
import { withStage } from '../with-stage.ts';
import type { AnsweredRow, OpenRow } from './gather-rows.ts';
import type { Tables } from './learn.ts';
import type { StructuredStudent } from './structured-student.ts';
import { type ParserTrial, type ParserTrialOptions, tryParser } from './try-parser.ts';

export interface ParserTrialData {
  readonly form: Form;
  readonly rows: readonly AnsweredRow[];
  readonly unlabelled: readonly OpenRow[];
  readonly tables: Tables;
}

/**
 * Tries each kind of student on the same held-out rows; the best first. Texts without an output are tried on the best
 * one only, if its kind gains by them, and kept where it then reads more rows right. Asked to finish, it goes by what was
 * tried whole so far.
 */
export async function chooseParser(
  candidates: readonly StructuredStudent[],
  { form, rows, unlabelled, tables }: ParserTrialData,
  options: Omit<ParserTrialOptions, 'selfTraining'>,
  work: Work,
): Promise<ParserTrial[]> {
  const parts = planParts(
    rows.map(({ filled }) => filled.frame),
    rows.map(({ group }) => group),
    options.seed,
  );
  const attempt = (student: StructuredStudent, own: ParserTrialOptions, trying: Work) =>
    tryParser(student, form, rows, tables, parts, own, trying);
  const [best, ...others] = await tryKinds(candidates, work, (student, trying) =>
    attempt(student, options, trying),
  );
  if (!best) return [];
  if (!best.student.selfTrains || unlabelled.length === 0 || parts.length === 0)
    return [best, ...others];
  const selfTraining = { unlabelled, base: best.held };
  const extended = await unlessFinishing(withMeasured(work, best.kept), (watched) =>
    attempt(
      best.student,
      { ...options, selfTraining },
      withStage(watched, 'Trying rows without an output'),
    ),
  );
  return [extended && extended.right > best.right ? extended : best, ...others];
}
