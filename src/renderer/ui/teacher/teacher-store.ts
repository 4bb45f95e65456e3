import { create } from 'zustand';

interface Teacher {
  readonly provider: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly maxCostUsd: number;
  /** US dollars for a million tokens; null where the published price holds. */
  readonly inputUsdPerMillion: number | null;
  readonly outputUsdPerMillion: number | null;
  readonly keyName: string | null;
  /** Typed for this window only; never kept. */
  readonly apiKey: string;
}

/** Who is asked, and at which cost at most; the same wherever a teacher is asked, and outlives a visit elsewhere. */
export const useTeacher = create<Teacher>(() => ({
  provider: 'openai',
  baseUrl: '',
  model: '',
  maxCostUsd: 1,
  inputUsdPerMillion: null,
  outputUsdPerMillion: null,
  keyName: null,
  apiKey: '',
}));

/** The teacher as the engine takes it. */
export function toTeacher({
  provider,
  baseUrl,
  model,
  maxCostUsd,
  keyName,
  apiKey,
  ...own
}: Teacher) {
  const { inputUsdPerMillion, outputUsdPerMillion } = own;
  const isPriced = inputUsdPerMillion !== null && outputUsdPerMillion !== null;
  return {
    provider,
    model: model.trim(),
    maxCostUsd,
    ...(baseUrl.trim() ? { baseUrl: baseUrl.trim() } : {}),
    ...(isPriced ? { price: { inputUsdPerMillion, outputUsdPerMillion } } : {}),
    ...(keyName ? { keyName } : apiKey ? { apiKey } : {}),
  };
}

const LEAST_USD = 0.01;

/** Whether the cap lets anything be asked at all. */
export const hasCap = ({ maxCostUsd }: Pick<Teacher, 'maxCostUsd'>): boolean =>
  maxCostUsd >= LEAST_USD;
