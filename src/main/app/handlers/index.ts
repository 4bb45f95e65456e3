import type { Methods } from '../../../shared/contract/index.ts';
import type { HandlersOf } from '../session-context.ts';
import { augmentHandlers } from './augment.ts';
import { collectHandlers } from './collect.ts';
import { curateHandlers } from './curate.ts';
import { engineHandlers } from './engine.ts';
import { evaluateHandlers } from './evaluate.ts';
import { exportHandlers } from './export.ts';
import { formHandlers } from './form.ts';
import { jobHandlers } from './jobs.ts';
import { ledgerHandlers } from './ledger.ts';
import { lookupHandlers } from './lookup.ts';
import { projectHandlers } from './project.ts';
import { reviewHandlers } from './review.ts';
import { routeHandlers } from './route.ts';
import { teachHandlers } from './teach.ts';
import { trainHandlers } from './train.ts';

/** What answers each call; a method of the contract without a handler does not compile. */
export const handlers: HandlersOf<Methods> = {
  ...projectHandlers,
  ...collectHandlers,
  ...teachHandlers,
  ...ledgerHandlers,
  ...curateHandlers,
  ...augmentHandlers,
  ...reviewHandlers,
  ...trainHandlers,
  ...evaluateHandlers,
  ...routeHandlers,
  ...exportHandlers,
  ...formHandlers,
  ...lookupHandlers,
  ...jobHandlers,
  ...engineHandlers,
};
