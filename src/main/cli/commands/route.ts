import { z } from 'zod';
import type { RouteOutcome } from '../../../shared/contract/route.ts';
import { fallbacks } from '../../../shared/domain/router.ts';
import { openProject } from '../../app/project.ts';
import { routeStudent } from '../../app/route-student.ts';
import { defineCommand } from '../command.ts';
import { fraction } from '../options.ts';

export const routeCommand = defineCommand({
  name: 'route',
  summary: 'Choose which answers a student may give alone, so that a bound on its errors holds',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    {
      flags: '--max-error <share>',
      description: 'largest share of wrong answers, such as 0.03 or 3%',
    },
    { flags: '--confidence <share>', description: 'how sure that must be (default 0.95)' },
    { flags: '--student <id>', description: 'which student; the newest when left out' },
    {
      flags: '--critical <fields>',
      description:
        'of objects and calls: the fields that must be right, such as city,date (default all)',
    },
    { flags: '--fallback <who>', description: 'who gets the rest: person (default) or teacher' },
  ],
  examples: [
    'stillroom route triage.stillroom --max-error 0.03',
    'stillroom route triage.stillroom --max-error 5% --confidence 0.9 --fallback teacher',
    'stillroom route bookings.stillroom --max-error 5% --critical city,date',
  ],
  schema: z.object({
    maxError: fraction.refine((value) => value > 0, 'needs a share above 0, such as 0.03'),
    confidence: fraction
      .refine((value) => value >= 0.5, 'needs a share from 0.5 up to 1, such as 0.95')
      .default(0.95),
    student: z.string().optional(),
    fallback: z.enum(fallbacks).default('person'),
    critical: z
      .string()
      .transform((list) => list.split(',').map((field) => field.trim()))
      .default([]),
  }),
  async run({ args, options, passphrase, work }) {
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      const { student: studentId, critical: criticalFields, ...target } = options;
      const request = { ...target, studentId, criticalFields };
      const result = await routeStudent(project, request, work);
      const { savings, ...rest } = result;
      return {
        value: { ...rest, savings: savings.usdPer1000, savingsDetails: savings },
        text: tellResult(result),
      };
    } finally {
      project.close();
    }
  },
});

function tellResult(result: RouteOutcome): string {
  const kept = Object.entries(result.abstained).map(([reason, n]) => `${n} ${reason}`);
  return [
    result.words,
    `Saved per 1,000 requests: $${result.savings.usdPer1000.toFixed(4)} (${result.savings.formula})`,
    ...(kept.length > 0 ? [`Kept back whatever the confidence: ${kept.join(', ')}.`] : []),
    ...result.warnings.map((warning) => `! ${warning}`),
  ].join('\n');
}
