import { ScreenFrame } from '../../ui/ScreenFrame.tsx';

export function Export() {
  return <ScreenFrame>…</ScreenFrame>;
}
