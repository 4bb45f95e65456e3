import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Evaluate() {
  return <ScreenFrame>…</ScreenFrame>;
}
