import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Review() {
  return <ScreenFrame>…</ScreenFrame>;
}
