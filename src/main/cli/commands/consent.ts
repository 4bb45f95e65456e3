import { z } from 'zod';
import { consents, purposes } from '../../../shared/domain/example.ts';
import { parseFilter } from '../../../shared/domain/filter.ts';
import { assertFilterFits } from '../../app/assert-filter-fits.ts';
import { openProject } from '../../app/project.ts';
import { type ConsentResult, changeConsent } from '../../gate/consent.ts';
import { parseGrantDestination } from '../../gate/destination.ts';
import { counted } from '../../lib/counted.ts';
import { defineCommand } from '../command.ts';
import { commaList, dateMs } from '../options.ts';

export const consentCommand = defineCommand({
  name: 'consent',
  summary: 'Say which rows may be sent to a teacher, or take that back',
  args: [{ name: 'project', description: 'the project file' }],
  options: [
    {
      flags: '--set <consent>',
      description:
        'permitted, redacted (sent with personal data replaced), or private (takes every permission back)',
    },
    {
      flags: '--where <filter>',
      description: 'which rows: all, or such as "source=may.csv and meta.consent=yes"',
    },
    { flags: '--basis <text>', description: 'why they may be sent; needed unless private' },
    { flags: '--expires <date>', description: 'until when; without it there is no end' },
    {
      flags: '--purpose <list>',
      description:
        'label (default), augment, measure; measure is the one that lets the holdout be sent',
    },
    {
      flags: '--destination <host>',
      description: 'where to: host, host:port, or * for any (default)',
    },
  ],
  examples: [
    'stillroom consent triage.stillroom --set permitted --where "source=may.csv" --basis "contract 4, section 2" --expires 2027-01-31',
    'stillroom consent triage.stillroom --set private --where "id=T-311"',
  ],
  schema: z.object({
    set: z.enum(consents),
    where: z.string().transform((text) => ({ text, filter: parseFilter(text) })),
    basis: z.string().optional(),
    expires: dateMs.optional(),
    purpose: commaList
      .pipe(z.array(z.enum(purposes)).min(1, 'needs label, augment or measure'))
      .default(['label']),
    destination: z.string().transform(parseGrantDestination).default('*'),
  }),
  async run({ args, options, passphrase }) {
    const project = openProject(args[0]!, { mode: 'write', passphrase });
    try {
      assertFilterFits(project, options.where.filter);
      const result = changeConsent(project.store, {
        filter: options.where.filter,
        filterText: options.where.text,
        to: options.set,
        purposes: options.purpose,
        destination: options.destination,
        basis: options.basis,
        expiresAtMs: options.expires ?? null,
      });
      return { value: { ...result }, text: describe(result, options.set, options.expires) };
    } finally {
      project.close();
    }
  },
});

function describe({ changed, touched }: ConsentResult, to: string, expiresAtMs?: number): string {
  const lines = [`Now ${to}: ${counted(changed, 'example')}.`];
  if (to !== 'private' && expiresAtMs !== undefined && expiresAtMs <= Date.now())
    lines.push(
      'But the permission has ended already, so none of them may be sent: give a later date with --expires.',
    );
  for (const { destination, examples, lastAtMs } of touched?.sent ?? []) {
    const day = new Date(lastAtMs).toLocaleDateString();
    lines.push(
      `Already sent to ${destination}, last on ${day}, and not to be called back: ${examples} of them.`,
    );
  }
  if (touched && touched.students.length > 0)
    lines.push(`Students that learned from them: ${touched.students.join(', ')}.`);
  if (touched && touched.exports.length > 0)
    lines.push(`Exports that hold them: ${touched.exports.join(', ')}.`);
  return lines.join('\n');
}
