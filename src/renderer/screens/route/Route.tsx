import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Route() {
  return <ScreenFrame>…</ScreenFrame>;
}
