import { create } from 'zustand';
import type { Consent } from '../../../shared/domain/example.ts';
import type { Input } from '../../lib/bridge.ts';

interface Asked {
  readonly selection: Input<'collect.consent'>['selection'];
  readonly size: number;
  readonly to: Consent;
}

/** The change of consent that is being asked about. */
export const useConsent = create<{ readonly asked: Asked | null }>(() => ({ asked: null }));

export const openConsent = (asked: Asked): void => useConsent.setState({ asked });
export const closeConsent = (): void => useConsent.setState({ asked: null });
