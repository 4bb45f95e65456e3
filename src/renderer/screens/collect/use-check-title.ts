import { useCallback } from 'react';
import { useCall } from '../../lib/query.ts';

/** The names of the checks as Curate has them. */
export function useCheckTitle(): (id: string) => string {
  const checks = useCall('collect.facets', {}).data?.checks;
  return useCallback((id) => checks?.find((check) => check.id === id)?.title ?? id, [checks]);
}
