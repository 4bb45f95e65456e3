import { stringify } from 'csv-stringify/sync';
import type {
  LedgerEntryLine,
  LedgerLine,
  ledgerMethods,
} from '../../../shared/contract/ledger.ts';
import { defuseFormula } from '../../export/formats/csv.ts';
import { listLedger, verifyLedger } from '../../gate/ledger.ts';
import { writeFileAtomic } from '../../lib/files.ts';
import type { HandlersOf } from '../session-context.ts';

export const ledgerHandlers: HandlersOf<typeof ledgerMethods> = {
  'ledger.list'(context, { before, limit }) {
    const entries = joinOutcomes(listLedger(context.project().store)).reverse();
    const from = before === null ? entries : entries.filter(({ seq }) => seq < before);
    const page = from.slice(0, limit);
    return {
      entries: page,
      next: from.length > limit ? page.at(-1)!.seq : null,
      total: entries.length,
    };
  },
  'ledger.verify': (context) => verifyLedger(context.project().store),
  'ledger.save'(context, { path }) {
    const lines = listLedger(context.project().store);
    writeFileAtomic(path, stringify([columns, ...lines.map(toCells)]));
    return { path, entries: lines.length };
  },
};

/** Each attempt with the outcome that ended it. */
function joinOutcomes(lines: readonly LedgerLine[]): LedgerEntryLine[] {
  const ends = new Map(lines.map((line) => [line.attempt, line]));
  return lines
    .filter(({ event }) => event === 'attempt')
    .map(({ event: _, attempt: __, ...line }) => {
      const end = ends.get(line.seq);
      return {
        ...line,
        outcome: end?.outcome ?? 'pending',
        status: end?.status ?? null,
        costUsd: end?.costUsd ?? null,
        endedAtMs: end?.atMs ?? null,
      };
    });
}

const columns =
  'seq event time destination this_computer purpose model examples grants payload_sha256 bytes redactions outcome status cost_usd'.split(
    ' ',
  );

function toCells(line: LedgerLine): string[] {
  return [
    line.seq,
    line.event,
    new Date(line.atMs).toISOString(),
    line.destination,
    line.isLoopback ? 'yes' : 'no',
    line.purpose,
    line.model,
    line.exampleIds.join(' '),
    line.grantIds.join(' '),
    line.payloadSha256,
    line.bytes,
    line.redactions,
    line.outcome ?? '',
    line.status ?? '',
    line.costUsd ?? '',
  ].map((cell) => defuseFormula(String(cell)));
}
