import { Component, type ReactNode } from 'react';
import { ErrorPanel } from '../ui/ErrorPanel.tsx';
import { ScreenFrame } from '../ui/ScreenFrame.tsx';

/** A defect of one screen stays on that screen; the rest of the window goes on. */
export class ScreenGuard extends Component<{ readonly children: ReactNode }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <ScreenFrame>
        <ErrorPanel
          error={
            new Error(
              `This screen could not be drawn (${error.message}). Your data is untouched; go to another screen and come back.`,
            )
          }
        />
      </ScreenFrame>
    );
  }
}
