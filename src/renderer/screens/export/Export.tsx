import { Button, Checkbox, Group, Modal, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { chooseFolder, showInFolder } from '../../lib/desktop.ts';
import { count, counted, time } from '../../lib/format.ts';
import { useSummary } from '../../lib/project.ts';
import { useCall } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { PlainTable } from '../../ui/PlainTable.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import { Done } from './Done.tsx';
import classes from './Export.module.css';
import { FirstRows } from './FirstRows.tsx';
import { Scope } from './Scope.tsx';

const STUDENT = 'student';

/** A data set or the student, as a folder with its card. */
export function Export() {
  const summary = useSummary();
  const formats = useCall('export.formats', {});
  const past = useCall('export.list', {});
  const [format, setFormat] = useState('jsonl');
  const [includePrivate, setIncludePrivate] = useState(false);
  const [isDraft, setIsDraft] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const preview = useCall('export.preview', { includePrivate }, { keepsPrevious: true });
  const run = useJob('export', 'export.run');
  const isStudent = format === STUDENT;
  const privateRows = isStudent ? 0 : (preview.data?.privateRows ?? 0);

  const write = async () => {
    setIsAsking(false);
    const folder = await chooseFolder('Export into a new or empty folder');
    if (folder) await run.start({ format, folder, includePrivate, isDraft });
  };
  const hasStudent = (summary?.students ?? 0) > 0;
  const titleOf = (id: string) =>
    id === STUDENT ? 'The student' : (formats.data?.find((one) => one.id === id)?.title ?? id);
  const canExport = isStudent ? hasStudent : (preview.data?.rows ?? 0) > 0;

  return (
    <ScreenFrame
      action={
        <Button
          loading={run.isRunning}
          disabled={!canExport}
          onClick={() => (includePrivate && privateRows > 0 ? setIsAsking(true) : void write())}
        >
          {isStudent
            ? 'Export the student…'
            : `Export ${counted(preview.data?.rows ?? 0, 'record')}…`}
        </Button>
      }
    >
      <ErrorPanel error={run.error ?? formats.error ?? preview.error} />
      <JobProgress job={run.job} />
      {run.result && <Done outcome={run.result} />}
      <div className={classes.columns}>
        <Panel title="What">
          <Radio.Group aria-label="What" value={format} onChange={setFormat}>
            <Stack gap="sm">
              <Radio
                value={STUDENT}
                label="The student"
                description={
                  hasStudent
                    ? 'ONNX model, threshold, card, and samples that run it without Stillroom.'
                    : 'There is none yet: train one first.'
                }
                disabled={!hasStudent}
              />
              <p className={classes.group}>A data set of the approved records, as</p>
              {formats.data
                ?.filter(({ id }) => id !== STUDENT)
                .map(({ id, title, extension, isUsable }) => (
                  <Radio
                    key={id}
                    value={id}
                    disabled={!isUsable}
                    label={`${title} (.${extension.replace(/^\./, '')})`}
                  />
                ))}
            </Stack>
          </Radio.Group>
        </Panel>
        <Panel title="Which">
          {isStudent ? (
            <Checkbox
              label="As a draft although a gate fails"
              description="Its card then names the failed gates."
              checked={isDraft}
              onChange={(event) => setIsDraft(event.currentTarget.checked)}
            />
          ) : (
            <>
              <Checkbox
                label="Include private records"
                description="Without it, only permitted and redacted ones go in."
                checked={includePrivate}
                onChange={(event) => setIncludePrivate(event.currentTarget.checked)}
              />
              {preview.data && <Scope preview={preview.data} />}
              {preview.data && <FirstRows sample={preview.data.sample} />}
            </>
          )}
        </Panel>
      </div>
      {past.data && past.data.length > 0 && (
        <Panel title="Exported before">
          <PlainTable
            label="Exports"
            rows={past.data}
            keyOf={({ id }) => String(id)}
            columns={[
              { title: 'When', cell: ({ createdAtMs }) => time(createdAtMs) },
              { title: 'What', cell: ({ format: id }) => titleOf(id) },
              { title: 'Folder', cell: ({ folder }) => folder },
              {
                title: 'Open',
                cell: ({ folder }) => (
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => void showInFolder(folder)}
                  >
                    Show
                  </Button>
                ),
              },
            ]}
          />
        </Panel>
      )}
      <Modal
        opened={isAsking}
        onClose={() => setIsAsking(false)}
        title={`These files contain the text of ${count(privateRows)} private records.`}
      >
        <p>Outside the project Stillroom cannot protect them.</p>
        <Group gap="sm" mt="lg">
          <Button
            data-autofocus
            variant="default"
            onClick={() => {
              setIncludePrivate(false);
              setIsAsking(false);
            }}
          >
            Leave them out
          </Button>
          <Button onClick={() => void write()}>Export with private records…</Button>
        </Group>
      </Modal>
    </ScreenFrame>
  );
}
