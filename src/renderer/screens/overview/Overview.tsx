import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Overview() {
  return <ScreenFrame>…</ScreenFrame>;
}
