import { randomBytes } from 'node:crypto';
import type { RouteOutcome, routeMethods, TriedText } from '../../../shared/contract/route.ts';
import type { Prediction } from '../../../shared/domain/prediction.ts';
import { findStudent, studentFolder } from '../open-student.ts';
import { openStudentFolder, type StudentFolder } from '../open-student-folder.ts';
import { routeStudent } from '../route-student.ts';
import { serveStudent } from '../serve.ts';
import type { HandlersOf, SessionContext } from '../session-context.ts';

const DEFAULT_PORT = 8123;
const SHOWN_ALTERNATIVES = 5;

export const routeHandlers: HandlersOf<typeof routeMethods> = {
  'route.run': (context, request) =>
    context.startJob(
      'route',
      async (project, work) => {
        const result = await routeStudent(project, request, work);
        // Its rule is read again with the next text.
        await forgetStudent(context);
        return result;
      },
      ['route'],
    ),
  'route.latest'(context, { studentId }) {
    const { store } = context.project();
    const id = studentId ?? store.students.latest()?.id;
    const job = store.jobs.lastResult(
      'route',
      (result) => isRoute(result) && result.studentId === id,
    );
    // Written by the job as the result of `route`.
    return job
      ? { route: job.result as unknown as RouteOutcome, createdAtMs: job.endedAtMs }
      : { route: null, createdAtMs: null };
  },
  async 'route.try'(context, { studentId, text, context: before, referenceDate }) {
    const folder = await loadStudent(context, studentId);
    const startMs = performance.now();
    const [prediction] = await folder.predictor.predict([{ text, context: before, referenceDate }]);
    const ms = performance.now() - startMs;
    const { output, confidence, fields, missing, replyType } = prediction!; // one input, one prediction
    const tried: TriedText = {
      studentId: folder.studentId,
      output,
      confidence,
      ...folder.decide(prediction!),
      hasRouter: folder.hasRouter,
      alternatives: alternatives(folder, prediction!),
      ...(fields && { fields }),
      ...(missing && { missing }),
      ...(replyType !== undefined && { replyType }),
      ms,
    };
    return tried;
  },
  async 'route.endpoint'(context, { action, studentId, port }) {
    const { loaded } = context;
    if (action !== 'state') await stopEndpoint(context);
    if (action === 'start') {
      const student = findStudent(context.project(), studentId);
      const folder = await openStudentFolder(studentFolder(context.project(), student), {
        find: context.project().store.lookups.find,
      });
      const token = randomBytes(18).toString('base64url');
      try {
        const listener = await serveStudent({ ...folder, token }, port ?? DEFAULT_PORT);
        loaded.endpoint = { listener, studentId: student.id, token, folder };
      } catch (error) {
        await folder.predictor.close();
        throw error;
      }
    }
    const { endpoint } = loaded;
    return {
      isOn: endpoint !== undefined,
      url: endpoint?.listener.url ?? null,
      token: endpoint?.token ?? null,
      studentId: endpoint?.studentId ?? null,
    };
  },
};

async function loadStudent(context: SessionContext, id: string | undefined) {
  const project = context.project();
  const row = findStudent(project, id);
  if (context.loaded.student?.id !== row.id) {
    await forgetStudent(context);
    const folder = await openStudentFolder(studentFolder(project, row), {
      find: project.store.lookups.find,
    });
    context.loaded.student = { id: row.id, folder };
  }
  return context.loaded.student!.folder; // set just now
}

async function forgetStudent({ loaded }: SessionContext): Promise<void> {
  const { student } = loaded;
  loaded.student = undefined;
  await student?.folder.predictor.close();
}

async function stopEndpoint({ loaded }: SessionContext): Promise<void> {
  const { endpoint } = loaded;
  loaded.endpoint = undefined;
  await endpoint?.listener.close();
  await endpoint?.folder.predictor.close();
}

function alternatives({ predictor }: StudentFolder, { probabilities }: Prediction) {
  return [...(probabilities ?? [])]
    .map((probability, i) => ({ output: predictor.classes[i]!, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, SHOWN_ALTERNATIVES);
}

function isRoute(result: unknown): result is { readonly studentId: string } {
  return typeof result === 'object' && result !== null && 'studentId' in result;
}
