import { ActionIcon, UnstyledButton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { KeyboardEvent } from 'react';
import { callDesktop } from '../../lib/desktop.ts';
import { day, fileName } from '../../lib/format.ts';
import { queryClient } from '../../lib/query.ts';
import { open } from '../../shell/open-project.ts';
import classes from './Start.module.css';

const key = ['desktop.recents'];

async function forget(path: string): Promise<void> {
  await callDesktop('desktop.forget', { path });
  await queryClient.invalidateQueries({ queryKey: key });
}

/** Projects opened before; Delete removes one from the list, never the file. */
export function Recents() {
  const { data: recents = [] } = useQuery({
    queryKey: key,
    queryFn: () => callDesktop('desktop.recents', {}),
    staleTime: 0,
  });
  if (recents.length === 0) return null;
  const onKeyDown = (path: string) => (event: KeyboardEvent) => {
    if (event.key === 'Delete') void forget(path);
  };
  return (
    <section aria-label="Recent projects">
      <h2 className={classes.heading}>Recent projects</h2>
      <ul className={classes.recents} aria-label="Recent projects">
        {recents.map(({ path, openedAtMs, isMissing }) => (
          <li key={path}>
            <UnstyledButton
              className={classes.recent}
              disabled={isMissing}
              onClick={() => void open(path)}
              onKeyDown={onKeyDown(path)}
            >
              <strong>{fileName(path)}</strong>
              <span className={classes.where}>{path}</span>
              {isMissing ? (
                <span className={classes.missing}>not found</span>
              ) : (
                <span className={classes.when}>{day(openedAtMs)}</span>
              )}
            </UnstyledButton>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={`Remove ${fileName(path)} from the list`}
              onClick={() => void forget(path)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
