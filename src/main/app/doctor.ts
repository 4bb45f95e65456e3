import { existsSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Symptom } from '../../shared/contract/engine.ts';
import { studentFolder } from './open-student.ts';
import { openProject, type Project } from './project.ts';

const LOW_DISK_BYTES = 1e9;

/** Looks at this machine and, when a path is given, through a whole project. */
export async function examine(path?: string, passphrase?: string): Promise<Symptom[]> {
  const symptoms = [
    examineNode(),
    examineTelemetry(),
    await examineRuntime(),
    examineDisk(path ?? '.'),
  ];
  return path === undefined ? symptoms : [...symptoms, ...examineProject(path, passphrase)];
}

function examineNode(): Symptom {
  return {
    id: 'node',
    status: 'ok',
    message: `Node ${process.versions.node} on ${process.platform}-${process.arch}`,
  };
}

function examineTelemetry(): Symptom {
  const isOff = process.env.ORT_DISABLE_TELEMETRY === '1';
  return {
    id: 'telemetry',
    status: isOff ? 'ok' : 'fail',
    message: isOff
      ? 'Telemetry of the model runtime is off'
      : 'Telemetry of the model runtime is on: report this as a bug',
  };
}

async function examineRuntime(): Promise<Symptom> {
  try {
    const { runtimeVersion } = await import('../onnx/session.ts');
    return { id: 'onnxruntime', status: 'ok', message: `ONNX Runtime ${runtimeVersion()} loads` };
  } catch (error) {
    return {
      id: 'onnxruntime',
      status: 'fail',
      message: `ONNX Runtime does not load: ${(error as Error).message}. Run "npm ci" again.`,
    };
  }
}

function examineDisk(path: string): Symptom {
  const { bavail, bsize } = statfsSync(dirname(resolve(path)));
  const freeBytes = bavail * bsize;
  const isLow = freeBytes < LOW_DISK_BYTES;
  return {
    id: 'disk',
    status: isLow ? 'warn' : 'ok',
    message: `${(freeBytes / 1e9).toFixed(1)} GB free on the disk${isLow ? ': free some before a long job' : ''}`,
  };
}

function examineProject(path: string, passphrase: string | undefined): Symptom[] {
  const project = openProject(path, { mode: 'read', passphrase });
  try {
    const { damage, danglingRows, staleLabels, brokenColumns } = project.store.integrity.check();
    const faults = [
      ...damage,
      ...(danglingRows > 0 ? [`${danglingRows} rows point nowhere`] : []),
      ...(staleLabels > 0 ? [`${staleLabels} current labels are not what their labels say`] : []),
      ...(brokenColumns > 0 ? [`the columns of ${brokenColumns} rows cannot be read`] : []),
    ];
    const interrupted = project.store.jobs.list().filter((job) => job.state === 'interrupted');
    return [
      {
        id: 'project',
        status: faults.length === 0 ? 'ok' : 'fail',
        message:
          faults.length === 0
            ? `The project file is whole: ${project.store.examples.count()} examples`
            : `The project is damaged: ${faults.join('; ')}. Go back to a copy in ${project.filesFolder}/backups.`,
      },
      {
        id: 'jobs',
        status: interrupted.length === 0 ? 'ok' : 'warn',
        message:
          interrupted.length === 0
            ? 'No job was interrupted'
            : `${interrupted.length} jobs were interrupted (the last: ${interrupted.at(-1)!.kind}). Run the same command again to go on.`,
      },
      examineStudents(project),
    ];
  } finally {
    project.close();
  }
}

/** A folder that is gone takes only its student along, so it is no damage to the project. */
function examineStudents(project: Project): Symptom {
  const students = project.store.students.list();
  const gone = students.filter(
    (student) => !existsSync(join(studentFolder(project, student), 'student.json')),
  );
  return {
    id: 'students',
    status: gone.length === 0 ? 'ok' : 'warn',
    message:
      gone.length === 0
        ? `Each of ${students.length} students has its folder`
        : `These students cannot answer, since their folder is gone or not whole: ${gone.map((student) => `${student.id} (${studentFolder(project, student)})`).join(', ')}. Put it back, or train anew.`,
  };
}
