import { NumberInput, PasswordInput, Select, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callDesktop } from '../../lib/desktop.ts';
import { sentenceCase } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { Panel } from '../../ui/Panel.tsx';
import { useSettings } from './request-store.ts';

/** Who is asked, about which records, and at most for how much. */
export function TeacherSettings() {
  const settings = useSettings();
  const set = useSettings.setState;
  const providers = useCall('teach.providers', {}).data ?? [];
  const keys = useQuery({
    queryKey: ['desktop.keys'],
    queryFn: () => callDesktop('desktop.keys', {}),
  }).data;
  const provider = providers.find(({ id }) => id === settings.provider);
  return (
    <Panel title="Teacher">
      <Stack gap="md">
        <Select
          label="Provider"
          data={providers.map(({ id, aliases }) => ({
            value: id,
            label: aliases.includes('openai-compatible')
              ? 'OpenAI or compatible'
              : sentenceCase(id),
          }))}
          value={settings.provider}
          allowDeselect={false}
          onChange={(value) => value && set({ provider: value })}
        />
        <TextInput
          label="Address"
          placeholder={provider?.defaultBaseUrl ?? ''}
          description="Empty means the provider's own. A program on this computer has 127.0.0.1 here."
          value={settings.baseUrl}
          onChange={(event) => set({ baseUrl: event.currentTarget.value })}
        />
        <TextInput
          required
          label="Model"
          value={settings.model}
          onChange={(event) => set({ model: event.currentTarget.value })}
        />
        {keys && keys.names.length > 0 && (
          <Select
            label="Key"
            placeholder="none"
            clearable
            clearButtonProps={{ 'aria-label': 'No key' }}
            data={[...keys.names]}
            value={settings.keyName}
            onChange={(keyName) => set({ keyName })}
          />
        )}
        {!settings.keyName && (
          <PasswordInput
            label="Key for this time"
            description="Used until the window closes, and never written."
            value={settings.apiKey}
            onChange={(event) => set({ apiKey: event.currentTarget.value })}
          />
        )}
        <Select
          label="Records"
          allowDeselect={false}
          data={[
            { value: 'unlabelled', label: 'Permitted, without a label' },
            { value: 'all', label: 'All permitted' },
          ]}
          value={settings.scope}
          onChange={(value) => set({ scope: value === 'all' ? 'all' : 'unlabelled' })}
        />
        <NumberInput
          label="At most so many records"
          placeholder="all"
          min={1}
          value={settings.limit ?? ''}
          onChange={(value) => set({ limit: Number(value) || null })}
        />
        <NumberInput
          label="Answers for each record"
          description="More than one shows where the teacher is of two minds."
          min={1}
          max={20}
          value={settings.samples}
          onChange={(value) => set({ samples: Number(value) || 1 })}
        />
        <NumberInput
          label="Cap, dollars"
          description="Reserved before sending; it stops there."
          prefix="$"
          min={0.01}
          step={0.5}
          decimalScale={2}
          value={settings.maxCostUsd}
          onChange={(value) => set({ maxCostUsd: Number(value) || 1 })}
        />
      </Stack>
    </Panel>
  );
}
