import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Collect() {
  return <ScreenFrame>…</ScreenFrame>;
}
