import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { chooseFile, dataFiles } from '../../lib/desktop.ts';
import { useCall } from '../../lib/query.ts';
import { useJob } from '../../lib/use-job.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { JobProgress } from '../../ui/JobProgress.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ScreenFrame } from '../../ui/ScreenFrame.tsx';
import classes from './Collect.module.css';
import { DropZone } from './DropZone.tsx';
import { Encoding } from './Encoding.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { ImportSummary } from './ImportSummary.tsx';
import { lookAt, useImport } from './import-store.ts';

async function choose(): Promise<void> {
  const path = await chooseFile('Import file', dataFiles);
  if (path) lookAt(path);
}

/** A file before its import: how it is read, what its columns mean; then what became of it. */
export function ImportPage() {
  const [, navigate] = useLocation();
  const { path, mapping, encoding } = useImport();
  const file = { path: path ?? '', ...(encoding ? { encoding } : {}) };
  const preview = useCall('collect.preview', file, { isEnabled: path !== null });
  const job = useJob('import', 'collect.import');
  const used = mapping ?? preview.data?.mapping;
  const isDone = path === null && job.result !== undefined;

  const start = async () => {
    if (path && used) await job.start({ ...file, mapping: used });
  };
  useEffect(() => {
    if (job.job?.state === 'done') lookAt(null);
  }, [job.job?.state]);

  const back = (
    <Button variant="default" onClick={() => navigate('/')}>
      Back to the records
    </Button>
  );
  return (
    <ScreenFrame
      action={
        <>
          {back}
          {isDone && <Button onClick={() => navigate('~/overview')}>See what is next</Button>}
          {preview.data && (
            <>
              <Button variant="default" disabled={job.isRunning} onClick={() => void choose()}>
                Choose another…
              </Button>
              <Button disabled={!used?.text} loading={job.isRunning} onClick={() => void start()}>
                Import as private
              </Button>
            </>
          )}
        </>
      }
    >
      <DropZone>
        <ErrorPanel error={preview.error ?? job.error} />
        {path !== null && (preview.error || preview.data?.encoding) && <Encoding />}
        <JobProgress job={job.job} />
        {isDone && job.result && <ImportSummary outcome={job.result} />}
        {path === null || preview.error ? (
          <EmptyState
            title={isDone ? 'Bring in another file' : 'Choose a file'}
            action={
              <Button {...(isDone ? { variant: 'default' } : {})} onClick={() => void choose()}>
                Choose file…
              </Button>
            }
          >
            CSV, TSV, JSON, JSONL, XLSX or Parquet, or drop one here. Nothing is imported until you
            have seen how it is read; a file comes in whole or not at all.
          </EmptyState>
        ) : preview.data ? (
          <ImportPreview path={path} preview={preview.data} mapping={used ?? {}} />
        ) : (
          <Loading words="Reading the first rows…" />
        )}
      </DropZone>
      <p className={classes.keys}>All records arrive private.</p>
    </ScreenFrame>
  );
}
