import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { PreviewedRequest, TeachPreview } from '../../../shared/contract/teach.ts';
import { bytes, count, counted } from '../../lib/format.ts';
import classes from './Teacher.module.css';

const views = ['Readable', 'Raw bytes', 'Headers'] as const;
type View = (typeof views)[number];

/** With the record in it, in the readable form of every provider so far. */
const USER_MESSAGE = '"role": "user"';
const ABOVE_PX = 48;

/** One request after the other, as it would leave; the key is masked. */
export function ExactRequest({ preview }: { readonly preview: TeachPreview }) {
  const { requests, requested, refusedByGate, suspicious = 0 } = preview;
  const [at, setAt] = useState(0);
  const [view, setView] = useState<View>('Readable');
  const request = requests[at];
  const box = useRef<HTMLElement>(null);
  const own = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    // Requests begin alike: from the second on, the place of the record itself is shown.
    if (at === 0 || !box.current || !own.current) return;
    const { top } = own.current.getBoundingClientRect();
    box.current.scrollTop += top - box.current.getBoundingClientRect().top - ABOVE_PX;
  }, [at]);
  const move = (step: number) =>
    setAt((before) => Math.max(0, Math.min(requests.length - 1, before + step)));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') move(-1);
    if (event.key === 'ArrowRight') move(1);
  };
  if (!request)
    return (
      <p className={classes.dim}>
        No record would be sent: none of those chosen both may leave and is still to be asked about.
        Choose others, or permit more in Collect.
      </p>
    );
  const allowed = requested - refusedByGate;
  const words = textOf(request, view);
  const start = Math.max(0, words.lastIndexOf(USER_MESSAGE));
  return (
    <>
      <div className={classes.pager}>
        <SegmentedControl
          size="xs"
          aria-label="View"
          data={[...views]}
          value={view}
          onChange={(value) => setView(views.find((one) => one === value) ?? 'Readable')}
        />
        <span>
          <ActionIcon
            variant="default"
            aria-label="Previous record"
            disabled={at === 0}
            onClick={() => move(-1)}
          >
            <IconChevronLeft size={16} aria-hidden />
          </ActionIcon>
          <span className={classes.position}>
            {at + 1} of {count(allowed)}
          </span>
          <ActionIcon
            variant="default"
            aria-label="Next record"
            disabled={at >= requests.length - 1}
            onClick={() => move(1)}
          >
            <IconChevronRight size={16} aria-hidden />
          </ActionIcon>
        </span>
      </div>
      <section
        ref={box}
        className={classes.exact}
        data-record
        aria-label={`Exact request, record ${at + 1} of ${allowed}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the arrow keys go from record to record
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {words.slice(0, start)}
        <span ref={own}>{words.slice(start)}</span>
      </section>
      <p className={classes.dim}>
        {request.id} · {bytes(request.bytes)} · {counted(request.redactions, 'redaction')} · SHA-256{' '}
        {request.sha256.slice(0, 12)}…
        {allowed > requests.length && ` · the first ${requests.length} are shown`}
      </p>
      {refusedByGate > 0 && (
        <p className={classes.dim}>{counted(refusedByGate, 'private record')} stay here.</p>
      )}
      {suspicious > 0 && (
        <p className={classes.dim}>
          {counted(suspicious, 'record')} of these {suspicious === 1 ? 'is' : 'are'} flagged as
          prompt injection. Read them in Curate first, or leave them out with the filter “not flag =
          prompt-injection”.
        </p>
      )}
    </>
  );
}

function textOf(request: PreviewedRequest, view: View): string {
  if (view === 'Headers')
    return [
      `${request.method} ${request.url}`,
      ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
    ].join('\n');
  if (view === 'Raw bytes') return request.body;
  try {
    return JSON.stringify(JSON.parse(request.body), null, 2).replaceAll('\\n', '\n');
  } catch {
    return request.body;
  }
}
