import { Route, Switch } from 'wouter';
import { ImportPage } from './ImportPage.tsx';
import { Records } from './Records.tsx';

/** The records of the project, and the page that brings new ones in. */
export function Collect() {
  return (
    <Switch>
      <Route path="/import">
        <ImportPage />
      </Route>
      <Route>
        <Records />
      </Route>
    </Switch>
  );
}
