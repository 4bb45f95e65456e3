import type { Icon } from '@tabler/icons-react';
import type { Later } from './later.tsx';

/** One place in the window: drives the rail, the palette, the routes and the heading. */
export interface Screen {
  readonly id: string;
  readonly title: string;
  /** The question that the screen answers, shown under its title. */
  readonly question: string;
  /** Its number among the nine stages; absent for the places beside them. */
  readonly stage?: number;
  /** Of a stage: what one does there, in a sentence, for the tour of the start screen. */
  readonly tour?: string;
  readonly icon: Icon;
  readonly Body: Later;
}

export const pathOf = (id: string): string => `/${id}`;
