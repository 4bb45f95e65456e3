import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Teach() {
  return <ScreenFrame>…</ScreenFrame>;
}
