import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Train() {
  return <ScreenFrame>…</ScreenFrame>;
}
