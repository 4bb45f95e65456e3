import {
  keepPreviousData,
  QueryClient,
  type UseQueryResult,
  useMutation,
  useQuery,
} from '@tanstack/react-query';
import { type CallError, call, type Input, type MethodName, type Output } from './bridge.ts';

/** The engine is on this computer: nothing is retried, and an answer holds until the engine says it changed. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** An answer of the engine, kept until its topic changes. */
export function useCall<Name extends MethodName>(
  name: Name,
  input: Input<Name>,
  { isEnabled = true, keepsPrevious = false } = {},
): UseQueryResult<Output<Name>, CallError> {
  return useQuery<Output<Name>, CallError>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: isEnabled,
    ...(keepsPrevious ? { placeholderData: keepPreviousData as never } : {}),
  });
}

/** A change asked of the engine; what it touched comes back as a `changed` event. */
export function useChange<Name extends MethodName>(
  name: Name,
  onDone?: (output: Output<Name>, input: Input<Name>) => void,
) {
  return useMutation<Output<Name>, CallError, Input<Name>>({
    mutationFn: (input) => call(name, input),
    ...(onDone ? { onSuccess: onDone } : {}),
  });
}
