import { Button } from '@mantine/core';
import type { StudentLine } from '../../../shared/contract/train.ts';
import { wholeMetric } from '../../../shared/domain/metrics.ts';
import { showInFolder } from '../../lib/desktop.ts';
import { bytes, count, interval, percent, time } from '../../lib/format.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { kindName } from './kinds.ts';

const scoreOf = ({ validation }: StudentLine) =>
  validation[wholeMetric(validation)] ?? validation.macroF1;

/** Every student of the project, newest first. */
export function Students({ students }: { readonly students: readonly StudentLine[] }) {
  return (
    <Panel title="Students">
      <PlainTable
        label="Students"
        rows={students}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Student', cell: kindName },
          {
            title: 'Right on validation, %',
            isNumber: true,
            cell: (student) => {
              const score = scoreOf(student);
              return score ? `${percent(score.value)} [${interval(score)}]` : '–';
            },
          },
          {
            title: 'Records',
            isNumber: true,
            cell: ({ trainedRows }) => (trainedRows === null ? '–' : count(trainedRows)),
          },
          {
            title: 'Size',
            isNumber: true,
            cell: ({ sizeBytes }) => (sizeBytes === null ? '–' : bytes(sizeBytes)),
          },
          { title: 'Trained', cell: ({ createdAtMs }) => time(createdAtMs) },
          {
            title: 'Data',
            cell: ({ isStale }) =>
              isStale ? <GateMark state="stale" word="changed since" /> : 'as it is now',
          },
          {
            title: 'Folder',
            cell: ({ folder }) => (
              <Button size="compact-sm" variant="default" onClick={() => void showInFolder(folder)}>
                Show
              </Button>
            ),
          },
        ]}
      />
    </Panel>
  );
}
