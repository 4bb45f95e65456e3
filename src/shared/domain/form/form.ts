import type { Json } from '../json.ts';

/** What one value of a slot is. */
export const slotTypes = [
  'string',
  'enum',
  'boolean',
  'integer',
  'number',
  'date',
  'time',
  'date-time',
] as const;
export type SlotType = (typeof slotTypes)[number];

/** What a schema asks of a value beyond its type and its least and largest number; only what it states is there. */
export interface ValueLimits {
  /** Numbers that are themselves not allowed any more. */
  readonly above?: number;
  readonly below?: number;
  /** A number is this times a whole number. */
  readonly multipleOf?: number;
  /** Units: code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Regular expressions, each of which is found somewhere in a text. */
  readonly patterns?: readonly string[];
  /** Of a list. */
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly hasUniqueItems?: boolean;
}

/** A place for a value in an output. Fields of the same name and type in several frames are one slot. */
export interface Slot {
  /** Property names from the object (or the arguments of a call) down to the value. */
  readonly path: readonly string[];
  /** The path joined with dots; unique within the form. */
  readonly name: string;
  readonly type: SlotType;
  /** The value is an array of such values. */
  readonly isList: boolean;
  readonly isNullable: boolean;
  /** The values of an enum, in the schema's order; empty for other types. */
  readonly choices: readonly Json[];
  /** Of numbers, where the schema states them; the limits themselves are allowed. */
  readonly minimum?: number;
  readonly maximum?: number;
  /** What else a value must keep to. */
  readonly limits?: ValueLimits;
  /** What a number is counted in, from the schema's "unit" or "x-unit". */
  readonly unit?: string;
  /** Its value is always read in the text and never chosen among known ones. */
  readonly isQuoted?: true;
  readonly description: string;
}

/** One shape of output: a function with its arguments, or the object of an extract task. */
export interface Frame {
  /** The function's name; of an extract task, empty. */
  readonly name: string;
  readonly description: string;
  /** Indices of its slots, in the schema's order. */
  readonly slots: readonly number[];
  /** Which of them the schema requires, whatever else is there. */
  readonly required: readonly number[];
  /** The objects within its object, outer ones first. */
  readonly objects: readonly NestedObject[];
}

/** An object within the object of a frame. */
export interface NestedObject {
  /** Property names from the frame's object down to it. */
  readonly path: readonly string[];
  /** Whether it must be there when the object around it is. */
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  /** Slots that it requires when it is there. */
  readonly required: readonly number[];
}

/** Every output that a task allows, flattened: what a structured student fills in. */
export interface Form {
  readonly slots: readonly Slot[];
  readonly frames: readonly Frame[];
  /** Whether "no call" (null) is an answer, too: its frame index is `frames.length`. */
  readonly hasNone: boolean;
}

/** One filled slot; a list has one for each of its values, in order. Null where a nullable slot is empty. */
export interface SlotValue {
  readonly slot: number;
  readonly value: Json;
}

/** An output taken apart. */
export interface FilledForm {
  /** Index of the frame; `frames.length` for no call. */
  readonly frame: number;
  readonly values: readonly SlotValue[];
}
