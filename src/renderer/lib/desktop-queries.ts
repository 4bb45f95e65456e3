import { useQuery } from '@tanstack/react-query';
import type { KeyStorage } from '../../shared/contract/desktop.ts';
import { callDesktop } from './desktop.ts';

/** Whether secrets can be kept here, and which are. */
export function useKeyStorage(): KeyStorage | undefined {
  return useQuery({
    queryKey: ['desktop.keys'],
    queryFn: () => callDesktop('desktop.keys', {}),
  }).data;
}
