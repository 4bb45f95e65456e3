import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Curate() {
  return <ScreenFrame>…</ScreenFrame>;
}
