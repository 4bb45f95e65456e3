import type { SlotValue } from '../../../shared/domain/form/form.ts';
import type { FieldReading } from '../../../shared/domain/prediction.ts';

/** What was read of one slot. */
export interface Reading extends FieldReading, SlotValue {}
