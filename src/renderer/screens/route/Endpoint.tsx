import { Button } from '@mantine/core';
import { copyText } from '../../lib/desktop.ts';
import { queryClient, useCall, useChange } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Panel } from '../../ui/Panel.tsx';
import classes from './Route.module.css';

/** The student for other programs on this computer; off until switched on. */
export function Endpoint() {
  const state = useCall('route.endpoint', { action: 'state' });
  const change = useChange('route.endpoint', (now) =>
    queryClient.setQueryData(['route.endpoint', { action: 'state' }], now),
  );
  const { isOn = false, url = null, token = null } = state.data ?? {};
  return (
    <Panel title={`Endpoint, ${isOn ? 'on' : 'off'}`}>
      <p className={classes.endpointText}>
        {isOn
          ? `Programs on this computer reach the student at ${url}. Texts are not logged.`
          : 'Lets programs on this computer ask the student. No other computer can reach it, and each call needs the token.'}
      </p>
      <div className={classes.endpoint}>
        <Button
          variant="default"
          loading={change.isPending}
          onClick={() => change.mutate({ action: isOn ? 'stop' : 'start' })}
        >
          {isOn ? 'Switch off' : 'Switch on'}
        </Button>
        {isOn && token && (
          <Button variant="default" onClick={() => void copyText(token)}>
            Copy the token
          </Button>
        )}
      </div>
      <ErrorPanel error={change.error ?? state.error} />
    </Panel>
  );
}
