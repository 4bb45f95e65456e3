import { augmentMethods } from './augment.ts';
import { collectMethods } from './collect.ts';
import { curateMethods } from './curate.ts';
import { engineMethods } from './engine.ts';
import { evaluateMethods } from './evaluate.ts';
import { exportMethods } from './export.ts';
import { formMethods } from './form.ts';
import { jobMethods } from './jobs.ts';
import { ledgerMethods } from './ledger.ts';
import { lookupMethods } from './lookup.ts';
import type { InputOf, OutputOf } from './method.ts';
import { projectMethods } from './project.ts';
import { reviewMethods } from './review.ts';
import { routeMethods } from './route.ts';
import { teachMethods } from './teach.ts';
import { trainMethods } from './train.ts';

/** Every call that a window can make of the engine. To add one: an entry in a feature's file, and its handler. */
export const methods = {
  ...projectMethods,
  ...collectMethods,
  ...teachMethods,
  ...ledgerMethods,
  ...curateMethods,
  ...augmentMethods,
  ...reviewMethods,
  ...trainMethods,
  ...evaluateMethods,
  ...routeMethods,
  ...exportMethods,
  ...formMethods,
  ...lookupMethods,
  ...jobMethods,
  ...engineMethods,
};

export type Methods = typeof methods;
export type MethodName = keyof Methods;
export type MethodInput<Name extends MethodName> = InputOf<Methods, Name>;
export type MethodOutput<Name extends MethodName> = OutputOf<Methods, Name>;
