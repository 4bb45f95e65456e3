import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateStudent } from '../../app/evaluate-student.ts';
import { findStudent, studentFolder } from '../../app/open-student.ts';
import { openProject } from '../../app/project.ts';
import { startRecordedTeacher } from '../../app/recorded-teacher.ts';
import { collectReportData } from '../../app/report-data.ts';
import { routeStudent } from '../../app/route-student.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import type { Work } from '../../lib/work.ts';
import type { Outcome } from '../command.ts';
import { consentCommand } from '../commands/consent.ts';
import { curateCommand } from '../commands/curate.ts';
import { evaluateCommand } from '../commands/evaluate.ts';
import { exportCommand } from '../commands/export.ts';
import { importCommand } from '../commands/import.ts';
import { newCommand } from '../commands/new.ts';
import { reviewCommand } from '../commands/review.ts';
import { routeCommand } from '../commands/route.ts';
import { sealCommand } from '../commands/seal.ts';
import { splitCommand } from '../commands/split.ts';
import { teachCommand } from '../commands/teach.ts';
import { trainCommand } from '../commands/train.ts';
import { recordedDecisions, samplePeople } from './recorded-people.ts';
import { createStepRunner } from './steps.ts';
import { tellDemo } from './tell-demo.ts';

const BASIS = "customers' terms, 2026";
const RECORDED_MODEL = 'recorded-teacher';
const REVIEWS = 400;
const MAX_ERROR = 0.05;
const CONFIDENCE = 0.95;
const NOTICE =
  'The teacher of this sample is simulated: its answers were recorded and are played back by a server on this computer. The people who review are the authors of the data sets. Nothing was sent anywhere else.';

export interface WorkflowOptions {
  readonly folder: string;
  readonly sampleFolder: string;
  readonly work: Work;
  say(line: string): void;
}

/** Types every command of the workflow on the sample, in order, and sums up in a report. */
export async function runWorkflow({
  folder,
  sampleFolder,
  work,
  say,
}: WorkflowOptions): Promise<Outcome> {
  const startMs = performance.now();
  const path = join(folder, 'desk.stillroom');
  const sample = (name: string) => join(sampleFolder, name);
  const { run, timed, times } = createStepRunner({ work, say });
  say(NOTICE);

  await run({
    title: 'Create a project',
    command: newCommand,
    args: [path],
    options: { task: sample('task.json') },
  });
  for (const [file, options] of [
    ['tickets.csv', { map: 'id=id,text=text' }],
    ['tickets-private.jsonl', { map: 'id=id,text=text' }],
    [
      'reviewed.jsonl',
      { map: 'id=id,text=text,output=label,split=split', reviewedBy: samplePeople },
    ],
  ] as const)
    await run({
      title: `Collect ${file}`,
      command: importCommand,
      args: [path, sample(file)],
      options,
    });
  for (const [set, answer] of [
    ['permitted', 'yes'],
    ['redacted', 'without-personal-data'],
  ] as const)
    await run({
      title: `Permit what customers agreed to: ${answer}`,
      command: consentCommand,
      args: [path],
      options: { set, where: `meta.customer_consent = ${answer}`, basis: BASIS },
    });

  const teacher = await startRecordedTeacher(sample('teacher-replies.jsonl'), {
    model: RECORDED_MODEL,
    busyEvery: 200,
  });
  let taught: Outcome;
  try {
    taught = await run({
      title: 'Teach: ask the recorded teacher',
      command: teachCommand,
      args: [path],
      options: {
        baseUrl: `${teacher.url}/v1`,
        model: RECORDED_MODEL,
        maxCost: '2',
        price: '0.15,0.60',
      },
    });
  } finally {
    await teacher.close();
  }
  await run({ title: 'Curate: check the data', command: curateCommand, args: [path] });

  const queue = await run({
    title: 'Review: what needs a person',
    command: reviewCommand,
    args: [path, 'next'],
    options: { count: String(REVIEWS) },
  });
  const decisions = join(folder, 'decisions.jsonl');
  const ids = (queue.value.items as readonly { id: string }[]).map(({ id }) => id);
  writeFileSync(decisions, recordedDecisions(sampleFolder, ids));
  await run({
    title: 'Review: the recorded decisions',
    command: reviewCommand,
    args: [path, 'decide'],
    options: { file: decisions },
  });
  await run({
    title: 'Review: set aside what repeats the holdout',
    command: reviewCommand,
    args: [path, 'decide'],
    options: {
      where: 'flag=contamination and split in (train, unassigned)',
      verdict: 'reject',
      reviewer: samplePeople,
    },
  });
  await run({
    title: 'Split: whole groups only',
    command: splitCommand,
    args: [path],
    options: { holdout: '0', calibration: '0', seed: '7' },
  });
  await run({ title: 'Seal the holdout', command: sealCommand, args: [path] });
  const trained = await run({
    title: 'Train a student',
    command: trainCommand,
    args: [path],
    options: { student: 'linear', seed: '7' },
  });

  const student = String(trained.value.studentId);
  const measured = await measure(path, student, work, timed);
  const exported = await run({
    title: 'Export what was approved',
    command: exportCommand,
    args: [path],
    options: { format: 'openai-chat', out: join(folder, 'dataset') },
  });

  const wallSeconds = (performance.now() - startMs) / 1_000;
  const report = join(folder, 'report.html');
  const project = openProject(path, { mode: 'read' });
  try {
    const studentPath = studentFolder(project, findStudent(project, student));
    const files = [
      { title: 'This report', path: report },
      { title: 'Project', path },
      { title: 'Student', path: studentPath },
      { title: 'Data set', path: join(folder, 'dataset') },
    ];
    const data = collectReportData(project, { ...measured, notice: NOTICE, files, steps: times });
    const { renderReport } = await import('../../evaluate/report-html.ts');
    writeFileAtomic(report, renderReport(data));
    return {
      value: {
        report,
        project: path,
        studentFolder: studentPath,
        teach: taught.value,
        train: trained.value,
        evaluate: measured.evaluation,
        route: measured.route,
        export: exported.value,
        wallSeconds,
      },
      text: tellDemo(data, wallSeconds),
    };
  } finally {
    project.close();
  }
}

/** Evaluates and routes through the app and not the commands, since the report needs all that they found. */
async function measure(
  path: string,
  studentId: string,
  work: Work,
  timed: ReturnType<typeof createStepRunner>['timed'],
) {
  const project = openProject(path, { mode: 'write' });
  try {
    const evaluation = await timed(
      { title: 'Evaluate on the sealed holdout', command: evaluateCommand, args: [path] },
      () => evaluateStudent(project, { studentId, split: 'holdout' }, work),
      ({ metrics, n }) =>
        `Accuracy ${(100 * (metrics.accuracy?.value ?? 0)).toFixed(1)} % on ${n} records.`,
    );
    const route = await timed(
      {
        title: 'Route: what may it answer alone?',
        command: routeCommand,
        args: [path],
        options: { maxError: String(MAX_ERROR) },
      },
      () =>
        routeStudent(
          project,
          { studentId, maxError: MAX_ERROR, confidence: CONFIDENCE, fallback: 'person' },
          work,
        ),
      ({ words }) => words,
    );
    return { evaluation, route };
  } finally {
    project.close();
  }
}
