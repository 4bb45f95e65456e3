import { create } from 'zustand';

const KEY = 'stillroom.inspector';

interface InspectorView {
  /** As dragged; null while nobody has, then it follows the window's width. */
  readonly widthPx: number | null;
  readonly isHidden: boolean;
}

/** How wide the pane with the details is, and whether it is shown: kept for all screens and all projects. */
export const useInspector = create<InspectorView>(() => {
  const asFirst = { widthPx: null, isHidden: false };
  const kept = localStorage.getItem(KEY);
  return kept ? { ...asFirst, ...(JSON.parse(kept) as InspectorView) } : asFirst; // written below
});

function keep(part: Partial<InspectorView>): void {
  useInspector.setState(part);
  localStorage.setItem(KEY, JSON.stringify(useInspector.getState()));
}

export const inspectorWidthsPx = { least: 240, most: 480 } as const;

export const setInspectorWidth = (widthPx: number) =>
  keep({
    widthPx: Math.round(
      Math.min(inspectorWidthsPx.most, Math.max(inspectorWidthsPx.least, widthPx)),
    ),
  });

export const toggleInspector = () => keep({ isHidden: !useInspector.getState().isHidden });
