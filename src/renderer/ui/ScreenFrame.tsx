import { createContext, type ReactNode, useContext } from 'react';
import type { Screen } from '../screens/screen.ts';
import { InspectorPane } from './InspectorPane.tsx';
import classes from './ScreenFrame.module.css';

/** The screen that is shown; its frame takes title and question from it. */
export const CurrentScreen = createContext<Screen | null>(null);

interface Props {
  /** The one primary button, and what little stands beside it. */
  readonly action?: ReactNode;
  readonly inspector?: ReactNode;
  /** True when the body scrolls inside itself, as tables do. */
  readonly isFilled?: boolean;
  readonly children: ReactNode;
}

/** Heading, question, primary button, body and inspector: the same on every screen. */
export function ScreenFrame({ action, inspector, isFilled = false, children }: Props) {
  const screen = useContext(CurrentScreen);
  return (
    <div className={classes.frame}>
      <main id="body" className={classes.main} data-region tabIndex={-1}>
        <header className={classes.header}>
          <div>
            <h1 className={classes.title}>{screen?.title}</h1>
            <p className={classes.question}>{screen?.question}</p>
          </div>
          <div className={classes.action}>{action}</div>
        </header>
        <div className={isFilled ? classes.filled : classes.body}>{children}</div>
      </main>
      {inspector && <InspectorPane>{inspector}</InspectorPane>}
    </div>
  );
}
