import { create } from 'zustand';
import type { Input } from '../../lib/bridge.ts';

interface Settings {
  readonly provider: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly samples: number;
  readonly maxCostUsd: number;
  /** Only records without a label, or every record that may leave. */
  readonly scope: 'unlabelled' | 'all';
  readonly limit: number | null;
  readonly keyName: string | null;
  /** Typed for this window only; never kept. */
  readonly apiKey: string;
}

/** Who is asked, for what, at which cost; outlives a visit to another screen. */
export const useSettings = create<Settings>(() => ({
  provider: 'openai',
  baseUrl: '',
  model: '',
  samples: 1,
  maxCostUsd: 1,
  scope: 'unlabelled',
  limit: null,
  keyName: null,
  apiKey: '',
}));

/** The settings as the engine takes them. */
export function toRequest(settings: Settings): Input<'teach.run'> {
  const { provider, baseUrl, model, samples, maxCostUsd, scope, limit, keyName, apiKey } = settings;
  return {
    provider,
    model,
    samples,
    maxCostUsd,
    filter: scope === 'unlabelled' ? 'status = new' : '',
    ...(baseUrl.trim() ? { baseUrl: baseUrl.trim() } : {}),
    ...(limit ? { limit } : {}),
    ...(keyName ? { keyName } : apiKey ? { apiKey } : {}),
  };
}
