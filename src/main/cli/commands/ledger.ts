import { z } from 'zod';
import type { LedgerLine } from '../../../shared/contract/ledger.ts';
import { AppError } from '../../../shared/errors.ts';
import { openProject } from '../../app/project.ts';
import { listLedger, verifyLedger } from '../../gate/ledger.ts';
import { counted } from '../../lib/counted.ts';
import type { Store } from '../../store/store.ts';
import { defineCommand, type Outcome } from '../command.ts';

const actions = { list, verify } as const;

export const ledgerCommand = defineCommand({
  name: 'ledger',
  summary: 'Show what has left this computer, or check that nobody altered that record',
  args: [
    { name: 'project', description: 'the project file' },
    { name: 'action', description: 'list or verify' },
  ],
  options: [],
  examples: ['stillroom ledger triage.stillroom list', 'stillroom ledger triage.stillroom verify'],
  schema: z.object({}),
  async run({ args, passphrase }) {
    const [path = '', action = ''] = args;
    if (action !== 'list' && action !== 'verify')
      throw new AppError('app.usage', `"${action}" is not an action of ledger: list, verify.`);
    const project = openProject(path, { mode: 'read', passphrase });
    try {
      return actions[action](project.store);
    } finally {
      project.close();
    }
  },
});

function verify(store: Store): Outcome {
  const check = verifyLedger(store);
  if (check.valid)
    return {
      value: { ...check },
      text: `The chain is intact, ${counted(check.entries, 'entry', 'entries')}.`,
    };
  return {
    value: { ...check },
    text: `Entry ${check.firstBad} does not hold: ${check.reason}. It and later entries cannot be trusted.`,
    exitCode: 1,
  };
}

function list(store: Store): Outcome {
  const entries = listLedger(store);
  if (entries.length === 0) return { value: { entries }, text: 'Nothing has left this computer.' };
  const header =
    'no. | time | what | to | purpose | rows | bytes | redacted | model | cost | outcome';
  return { value: { entries }, text: [header, ...entries.map(describe)].join('\n') };
}

function describe(line: LedgerLine): string {
  const cells = [
    line.seq,
    new Date(line.atMs).toISOString(),
    line.event,
    line.isLoopback ? `${line.destination} (this computer)` : line.destination,
    line.purpose,
    line.exampleIds.length,
    line.bytes,
    line.redactions,
    line.model,
    line.costUsd === undefined || line.costUsd === null ? '' : `$${line.costUsd.toFixed(6)}`,
    line.outcome ?? '',
  ];
  return cells.join(' | ');
}
