import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Settings() {
  return <ScreenFrame>…</ScreenFrame>;
}
