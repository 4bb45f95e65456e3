import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Ledger() {
  return <ScreenFrame>…</ScreenFrame>;
}
