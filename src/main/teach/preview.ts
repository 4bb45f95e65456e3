import type { PreviewedRequest } from '../../shared/contract/teach.ts';
import type { Task } from '../../shared/domain/task.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { renderBody } from './ask.ts';
import type { GatePort, TeacherFetch } from './gate-port.ts';
import { createLabelInquiry } from './label-inquiry.ts';
import type { AskOptions, TeachOptions } from './options.ts';
import { planQuestions } from './plan.ts';
import type { PlannedQuestion, QuestionInput, Wording } from './question.ts';
import { createTally } from './result.ts';
import { TeacherError } from './teacher-error.ts';

export interface Preview {
  readonly requests: readonly PreviewedRequest[];
  readonly requested: number;
  readonly refusedByGate: number;
  /** Of the records that would leave, those that a check found to speak to a model and nobody has decided about. */
  readonly suspicious: number;
}

/** The check's id; what it found before is counted, and nothing is searched here. */
const SUSPICION = 'prompt-injection';

/** Builds the first requests of a run by the same provider, and sends nothing. */
export async function previewTeach(
  store: Store,
  task: Task,
  options: TeachOptions,
  gate: GatePort,
  count: number,
  work: Work,
): Promise<Preview> {
  const plan = await planQuestions(store, options, gate, work.signal);
  const inquiry = createLabelInquiry(store, task, createTally());
  const requests = await previewRequests(store, options, gate, plan.open, count, inquiry.word);
  const requested = plan.open.length + plan.refusedByGate + plan.unknown;
  const suspicious = countSuspicious(store, plan.open);
  return { requests, requested, refusedByGate: plan.refusedByGate, suspicious };
}

function countSuspicious(store: Store, questions: readonly PlannedQuestion[]): number {
  const asked = new Set(questions.map(({ exampleId }) => exampleId));
  let count = 0;
  for (const finding of store.findings.each({ checkId: SUSPICION, isFlagged: true }))
    if (finding.resolution === null && asked.has(finding.exampleId)) count++;
  return count;
}

/** The first questions of a list exactly as they would leave; those that may not are left out. */
export async function previewRequests<Question extends PlannedQuestion>(
  store: Store,
  options: AskOptions,
  gate: GatePort,
  questions: readonly Question[],
  count: number,
  word: (question: Question, input: QuestionInput) => Wording,
): Promise<PreviewedRequest[]> {
  const { provider, baseUrl, model, purpose } = options;
  const url = provider.url(baseUrl);
  const requests: PreviewedRequest[] = [];
  for (const question of questions.slice(0, count)) {
    const { exampleId } = question;
    const permission = gate.permit({ exampleId, purpose, url, model }, (input) =>
      renderBody(options, word(question, input), provider.dialect(model)),
    );
    if (permission.kind === 'blocked') continue;
    const { body, bytes, sha256, redactions } = permission.payload;
    const headers = await captureHeaders(options, gate, body);
    const [id] = store.examples.externalIds([exampleId]);
    requests.push({ id: id!, method: 'POST', url, headers, body, bytes, sha256, redactions });
  }
  return requests;
}

/** Lets the provider make its request for a fetch that only looks at it. */
async function captureHeaders(
  { provider, baseUrl, apiKey }: AskOptions,
  gate: GatePort,
  body: string,
): Promise<Readonly<Record<string, string>>> {
  let headers: Headers | undefined;
  const look: TeacherFetch = async (_input, init) => {
    headers = new Headers(init?.headers);
    throw new TeacherError('reject', 'Only looked at.');
  };
  try {
    await provider.send(JSON.parse(body), {
      baseUrl,
      apiKey: apiKey === undefined ? undefined : '***',
      signal: undefined,
      fetch: look,
    });
  } catch (error) {
    if (!headers) throw error;
  }
  return gate.visibleHeaders(headers ?? new Headers());
}
