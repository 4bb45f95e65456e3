import { Button } from '@mantine/core';
import { queryClient, useCall, useChange } from '../../lib/query.ts';
import { ErrorPanel } from '../../ui/ErrorPanel.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useTeacher } from '../../ui/teacher/teacher-store.ts';

/** The sample's teacher: a server on this computer that answers from recorded replies. */
export function SampleTeacher() {
  const state = useCall('teach.recorded', { action: 'state' });
  const change = useChange('teach.recorded', (now) => {
    queryClient.setQueryData(['teach.recorded', { action: 'state' }], now);
    if (now.isRunning && now.baseUrl)
      useTeacher.setState({
        provider: 'openai',
        baseUrl: now.baseUrl,
        model: now.model,
        apiKey: '',
        keyName: null,
      });
  });
  return (
    <Notice label="The sample's teacher">
      <p>
        The sample has a recorded teacher: a program on this computer that gives answers recorded
        earlier. Nothing goes to the internet.
      </p>
      <Button
        variant="default"
        loading={change.isPending}
        onClick={() => change.mutate({ action: 'start' })}
      >
        {state.data?.isRunning ? 'Fill in the recorded teacher' : 'Use the recorded teacher'}
      </Button>
      <ErrorPanel error={change.error} />
    </Notice>
  );
}
