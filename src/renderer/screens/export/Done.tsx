import { Button, Group } from '@mantine/core';
import type { ExportOutcome } from '../../../shared/contract/export.ts';
import { copyText, showInFolder } from '../../lib/desktop.ts';
import { count, counted } from '../../lib/format.ts';
import { GateMark } from '../../ui/Marks.tsx';
import { Panel } from '../../ui/Panel.tsx';

/** What was written where. */
export function Done({ outcome }: { readonly outcome: ExportOutcome }) {
  const { folder, files } = outcome;
  const checksums = files.map(({ path, sha256 }) => `${sha256}  ${path}`).join('\n');
  return (
    <Panel title={`Written: ${counted(files.length, 'file')}`}>
      <p data-selectable>{folder}</p>
      {'draft' in outcome && outcome.draft && (
        <p>
          <GateMark state="warned" word="Draft" /> Its card names: {outcome.failedGates.join(', ')}.
        </p>
      )}
      {'containsPrivateText' in outcome && (
        <p>
          {outcome.containsPrivateText ? 'Contains private text.' : 'Contains no private text.'}{' '}
          {outcome.refused > 0 && `${count(outcome.refused)} records were left out.`}
        </p>
      )}
      <Group gap="sm" mt="sm">
        <Button variant="default" size="compact-sm" onClick={() => void showInFolder(folder)}>
          Show in folder
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => void copyText(checksums)}>
          Copy checksums
        </Button>
      </Group>
    </Panel>
  );
}
