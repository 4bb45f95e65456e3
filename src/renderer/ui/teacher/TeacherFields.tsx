import { Group, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { callDesktop } from '../../lib/desktop.ts';
import { sentenceCase } from '../../lib/format.ts';
import { useCall } from '../../lib/query.ts';
import { hasCap, useTeacher } from './teacher-store.ts';

/** Who is asked, with which key, and at most for how much. */
export function TeacherFields() {
  const teacher = useTeacher();
  const set = useTeacher.setState;
  const providers = useCall('teach.providers', {}).data ?? [];
  const keys = useQuery({
    queryKey: ['desktop.keys'],
    queryFn: () => callDesktop('desktop.keys', {}),
  }).data;
  const provider = providers.find(({ id }) => id === teacher.provider);
  return (
    <>
      <Select
        label="Provider"
        data={providers.map(({ id, aliases }) => ({
          value: id,
          label: aliases.includes('openai-compatible') ? 'OpenAI or compatible' : sentenceCase(id),
        }))}
        value={teacher.provider}
        allowDeselect={false}
        // An address and a key belong to the one they were entered for.
        onChange={(value) =>
          value && set({ provider: value, baseUrl: '', keyName: null, apiKey: '' })
        }
      />
      <TextInput
        label="Address"
        placeholder={provider?.defaultBaseUrl ?? ''}
        description="Empty means the provider's own. A program on this computer has 127.0.0.1 here."
        value={teacher.baseUrl}
        onChange={(event) => set({ baseUrl: event.currentTarget.value })}
      />
      <TextInput
        required
        label="Model"
        value={teacher.model}
        onChange={(event) => set({ model: event.currentTarget.value })}
      />
      {keys && keys.names.length > 0 && (
        <Select
          label="Key"
          placeholder="none"
          clearable
          clearButtonProps={{ 'aria-label': 'No key' }}
          data={[...keys.names]}
          value={teacher.keyName}
          onChange={(keyName) => set({ keyName })}
        />
      )}
      {!teacher.keyName && (
        <PasswordInput
          label="Key for this time"
          description="Used until the window closes, and never written."
          value={teacher.apiKey}
          onChange={(event) => set({ apiKey: event.currentTarget.value })}
        />
      )}
      <NumberInput
        label="Cap, dollars"
        description="Reserved before sending; it stops there."
        prefix="$"
        min={0}
        step={0.5}
        decimalScale={2}
        error={!hasCap(teacher) && 'At least $0.01: a question costs something.'}
        value={teacher.maxCostUsd}
        onChange={(value) => set({ maxCostUsd: Number(value) })}
      />
      <Group grow align="end" gap="sm">
        {prices.map(({ name, label }) => (
          <NumberInput
            key={name}
            label={label}
            description="Dollars a million."
            placeholder="as published"
            prefix="$"
            min={0}
            hideControls
            value={teacher[name] ?? ''}
            onChange={(value) => set({ [name]: value === '' ? null : Number(value) })}
          />
        ))}
      </Group>
    </>
  );
}

const prices = [
  { name: 'inputUsdPerMillion', label: 'Tokens in' },
  { name: 'outputUsdPerMillion', label: 'Tokens out' },
] as const;
