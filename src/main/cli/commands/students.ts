import { z } from 'zod';
import { type Metrics, wholeMetric } from '../../../shared/domain/metrics.ts';
import { studentFolder } from '../../app/open-student.ts';
import { openProject } from '../../app/project.ts';
import { defineCommand } from '../command.ts';
import { wholeWords } from '../whole-words.ts';

export const studentsCommand = defineCommand({
  name: 'students',
  summary: 'List the students of a project, the oldest first',
  args: [{ name: 'project', description: 'the project file' }],
  options: [],
  examples: ['stillroom students triage.stillroom'],
  schema: z.object({}),
  async run({ args, passphrase }) {
    const project = openProject(args[0]!, { mode: 'read', passphrase });
    try {
      const students = project.store.students.list().map((row) => ({
        studentId: row.id,
        kind: row.kind,
        createdAt: new Date(row.createdAtMs).toISOString(),
        validation: row.metrics,
        dataFingerprint: row.dataFingerprint,
        folder: studentFolder(project, row),
      }));
      const lines = students.map(({ studentId, createdAt, validation, folder }) => {
        return `${studentId} | ${createdAt} | validation ${tellScore(validation)} | ${folder}`;
      });
      return {
        value: { students },
        text: lines.join('\n') || 'There is no student yet. Train one with "train".',
      };
    } finally {
      project.close();
    }
  },
});

/** The share of whole answers that are right. */
function tellScore(metrics: Metrics): string {
  const id = wholeMetric(metrics);
  const score = metrics[id];
  return score ? `${wholeWords[id]} ${(score.value * 100).toFixed(1)} %` : 'not measured';
}
