import { type Split, splits } from '../../shared/domain/example.ts';
import type { Json } from '../../shared/domain/json.ts';
import type { Description } from './describe.ts';

/** Everything needed to say later what these files are, from whom, and by whose leave. */
export function toManifest(described: Description): Record<string, Json> {
  const { format, project, task, dataFingerprint, files, privateRows, redactedRows } = described;
  const rowsIn = (split: Split) => files.find((file) => file.split === split)?.rows ?? 0;
  return {
    formatVersion: 1,
    format,
    project,
    task: { name: task.name, kind: task.kind },
    dataFingerprint,
    files: files.map((file) => ({ ...file })),
    splits: Object.fromEntries(splits.map((split) => [split, rowsIn(split)])),
    containsPrivateText: privateRows > 0,
    privateRows,
    redactedRows,
    refused: { ...described.refused },
    labelledBy: { ...described.labelledBy },
    teachers: [...described.teachers],
    reviewed: { ...described.reviewed },
    synthetic: { ...described.synthetic },
    grants: described.grants.map((grant) => ({ ...grant, purposes: [...grant.purposes] })),
    sources: described.sources.map((source) => ({ ...source })),
    ...(format === 'csv' && {
      note: 'Cells that a spreadsheet would run as a formula begin with one extra apostrophe; take exactly one off to read them back.',
    }),
  };
}
