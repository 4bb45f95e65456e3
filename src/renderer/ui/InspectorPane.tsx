import { ActionIcon } from '@mantine/core';
import { IconLayoutSidebarRightCollapse, IconLayoutSidebarRightExpand } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import {
  inspectorWidthsPx,
  setInspectorWidth,
  toggleInspector,
  useInspector,
} from '../lib/inspector-store.ts';
import classes from './InspectorPane.module.css';

const STEP_PX = 16;

/** The details beside a screen: as wide as one likes, by the mouse or by the arrow keys, or out of the way (Ctrl+B). */
export function InspectorPane({ children }: { readonly children: ReactNode }) {
  const { widthPx, isHidden } = useInspector();
  const pane = useRef<HTMLElement>(null);
  const Icon = isHidden ? IconLayoutSidebarRightExpand : IconLayoutSidebarRightCollapse;
  const words = isHidden ? 'Show the details' : 'Hide the details';
  return (
    <aside
      ref={pane}
      className={classes.pane}
      style={isHidden || widthPx === null ? undefined : { width: widthPx }}
      data-hidden={isHidden}
      aria-label="Inspector"
      data-region
      tabIndex={-1}
    >
      {!isHidden && <Splitter widthOf={() => pane.current?.offsetWidth ?? 0} />}
      <div className={classes.head}>
        {!isHidden && 'Details'}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={words}
          title={`${words} (Ctrl+B)`}
          onClick={toggleInspector}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </div>
      {!isHidden && <div className={classes.content}>{children}</div>}
    </aside>
  );
}

/** The edge to take hold of. */
function Splitter({ widthOf }: { readonly widthOf: () => number }) {
  const { widthPx } = useInspector();
  const onKeyDown = (event: KeyboardEvent) => {
    const widths: Readonly<Record<string, number>> = {
      ArrowLeft: widthOf() + STEP_PX,
      ArrowRight: widthOf() - STEP_PX,
      Home: inspectorWidthsPx.most,
      End: inspectorWidthsPx.least,
    };
    const width = widths[event.key];
    if (width === undefined) return;
    event.preventDefault();
    setInspectorWidth(width);
  };
  const onPointerMove = ({ currentTarget, pointerId, clientX }: PointerEvent<HTMLElement>) => {
    if (currentTarget.hasPointerCapture(pointerId)) setInspectorWidth(window.innerWidth - clientX);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule between texts cannot be moved
    <div
      className={classes.splitter}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the details, px"
      aria-valuemin={inspectorWidthsPx.least}
      aria-valuemax={inspectorWidthsPx.most}
      aria-valuenow={widthPx ?? inspectorWidthsPx.least}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerDown={({ currentTarget, pointerId }) => currentTarget.setPointerCapture(pointerId)}
      onPointerMove={onPointerMove}
    />
  );
}
