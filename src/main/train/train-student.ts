import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ReplyLearning, TrainOutcome } from '../../shared/contract/train.ts';
import { tellLookup } from '../../shared/domain/lookup.ts';
import { renderReply } from '../../shared/domain/reply.ts';
import type { Task } from '../../shared/domain/task.ts';
import { AppError } from '../../shared/errors.ts';
import type { Work } from '../lib/work.ts';
import type { Store } from '../store/store.ts';
import { writeBundle } from './bundle/write-bundle.ts';
import { openCheckpoints } from './checkpoint.ts';
import { removeOrphans } from './orphans.ts';
import { assertProvider } from './provider/assert-provider.ts';
import type { TrainRequest } from './trained.ts';
import { studentsFor, trainerFor } from './trainers.ts';

/**
 * Trains a student and writes its folder, then its row: a process that dies between the two leaves a folder that
 * the next training removes.
 * @throws AppError `app.usage`, `train.data`, `train.memory`, `train.provider`, `app.cancelled`
 */
export async function trainStudent(
  store: Store,
  task: Task,
  request: TrainRequest,
  work: Work,
): Promise<TrainOutcome> {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  const trainer = trainerFor(task.kind, request.student);
  assertFoldersFit(task, request);
  await assertProvider(request.provider ?? 'cpu', work);
  const studentsFolder = join(request.filesFolder, 'students');
  removeOrphans(studentsFolder, new Set(store.students.list().map(({ id }) => id)));
  const checkpoints = openCheckpoints(join(request.filesFolder, 'checkpoints', 'train'));

  const trained = await trainer.train(store, task, request, checkpoints, work);
  const {
    parts,
    facts,
    figures,
    int8AccuracyDifference,
    usedExampleIds,
    dataFingerprint,
    ...outcome
  } = trained;

  const studentId = `${trained.kind}-${randomBytes(4).toString('hex')}`;
  const folder = join(studentsFolder, studentId);
  const filled = (trained.fields ?? []).flatMap(({ name: field, lookup }) =>
    lookup ? tellLookup({ name: lookup.table, field, by: lookup.by }) : [],
  );
  const training = {
    rows: trained.rows,
    ...trained.excluded,
    relabelled: trained.relabelled,
    downWeighted: trained.downWeighted,
    selfTrained: trained.selfTrained,
    seed: request.seed,
    ...figures,
    ...(trained.endedEarly && {
      endedAfterEpoch: trained.endedEarly.epoch,
      plannedEpochs: trained.endedEarly.epochs,
    }),
  };
  writeBundle(
    folder,
    {
      id: studentId,
      kind: trained.kind,
      createdAt: new Date().toISOString(),
      task,
      ...facts,
      preprocessing: { ...parts.preprocessing },
      training,
      ...(filled.length > 0 && { tables: filled }),
      ...(trained.replies && { replies: describeReplies(trained.replies) }),
      ...(trained.endedEarly !== undefined && { wasEndedEarly: true }),
      dataFingerprint,
      metrics: {
        validation: trained.validation,
        rows: trained.validationRows,
        int8AccuracyDifference,
      },
      licences: [...new Set(store.sources.list().flatMap(({ licence }) => licence ?? []))],
    },
    parts,
  );
  store.transaction(() => {
    store.students.add({
      id: studentId,
      kind: trained.kind,
      // Relative to the project's files, so that a moved project still finds it.
      folder: `students/${studentId}`,
      dataFingerprint,
      metrics: trained.validation,
      config: training,
    });
    store.artifacts.record({ kind: 'student', id: studentId }, usedExampleIds);
  });
  checkpoints.clear();

  const cpu = process.cpuUsage(startCpu);
  return {
    studentId,
    folder,
    ...outcome,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    wallSeconds: (performance.now() - startMs) / 1e3,
  };
}

/** What a student's folder says of its types of reply; no row is named in it. */
function describeReplies({ rows, following, types }: ReplyLearning) {
  return {
    rows,
    following,
    types: types.map((type) => ({
      name: type.name,
      wording: renderReply(type, {}),
      rows: type.rows,
      approvedRows: type.approvedRows,
    })),
  };
}

/** A base model is for a student that writes, and an encoder is not. @throws AppError `app.usage` */
function assertFoldersFit(
  { kind }: Task,
  { student, baseFolder, writerSettings = {}, encoderFolder }: TrainRequest,
): void {
  const writing = studentsFor(kind).filter(({ needsBase }) => needsBase);
  const isWriting = writing.some(({ id }) => id === student);
  const isGivenForWriting = baseFolder !== undefined || Object.keys(writerSettings).length > 0;
  if (isGivenForWriting && !isWriting)
    throw new AppError(
      'app.usage',
      `A base model and how it is trained are for students that write: ${
        writing.length > 0
          ? `choose --student ${writing.map(({ id }) => id).join(' or ')}`
          : 'a task of replies (rewrite) has them'
      }. Nothing was started.`,
    );
  if (isWriting && encoderFolder !== undefined)
    throw new AppError(
      'app.usage',
      `The student "${student}" is built on a causal language model (--base FOLDER) and takes no encoder. Nothing was started.`,
    );
}
