import { CloseButton } from '@mantine/core';
import { Suspense } from 'react';
import { Redirect, Route, Switch } from 'wouter';
import { useUi } from '../lib/ui-store.ts';
import { screens } from '../screens/index.ts';
import { pathOf } from '../screens/screen.ts';
import { Loading } from '../ui/Loading.tsx';
import { CurrentScreen, ScreenFrame } from '../ui/ScreenFrame.tsx';
import { HistoryDrawer } from './HistoryDrawer.tsx';
import { Interrupted } from './Interrupted.tsx';
import { JobsDrawer } from './JobsDrawer.tsx';
import classes from './ProjectShell.module.css';
import { Rail } from './Rail.tsx';
import { ScreenGuard } from './ScreenGuard.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';

/** The frame around an open project. */
export function ProjectShell() {
  return (
    <div className={classes.shell}>
      <button type="button" className={classes.skip} onClick={skipToBody}>
        Skip to the screen
      </button>
      <TopBar />
      <Rail />
      <div className={classes.stage}>
        <Notice />
        <Interrupted />
        <Switch>
          {screens.map((screen) => (
            <Route key={screen.id} path={pathOf(screen.id)} nest>
              <CurrentScreen value={screen}>
                <ScreenGuard key={screen.id}>
                  <Suspense fallback={<Fetching />}>
                    <screen.Body />
                  </Suspense>
                </ScreenGuard>
              </CurrentScreen>
            </Route>
          ))}
          <Route>
            <Redirect to="/overview" />
          </Route>
        </Switch>
      </div>
      <StatusBar />
      <JobsDrawer />
      <HistoryDrawer />
    </div>
  );
}

function Fetching() {
  return (
    <ScreenFrame>
      <Loading />
    </ScreenFrame>
  );
}

/** The address belongs to the router, so that this moves the focus itself. */
function skipToBody(): void {
  document.getElementById('body')?.focus();
}

function Notice() {
  const notice = useUi((state) => state.notice);
  if (!notice) return null;
  return (
    <div className={classes.notice} role="alert">
      <span>{notice}</span>
      <CloseButton
        size="sm"
        aria-label="Close this notice"
        onClick={() => useUi.setState({ notice: null })}
      />
    </div>
  );
}
