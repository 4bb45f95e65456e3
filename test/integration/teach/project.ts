import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTeacherGate } from '../../../src/main/app/teacher-gate.ts';
import { changeConsent } from '../../../src/main/gate/consent.ts';
import { sha256 } from '../../../src/main/lib/hash.ts';
import { unwatched, type Work } from '../../../src/main/lib/work.ts';
import type { NewExample } from '../../../src/main/store/examples.ts';
import { openStore, type Store } from '../../../src/main/store/store.ts';
import { defaultTeachOptions, type TeachOptions } from '../../../src/main/teach/options.ts';
import { findProvider } from '../../../src/main/teach/providers/index.ts';
import { teach } from '../../../src/main/teach/teach.ts';
import type { Consent, Purpose } from '../../../src/shared/domain/example.ts';
import { parseFilter } from '../../../src/shared/domain/filter.ts';
import { parseTask, type Task } from '../../../src/shared/domain/task.ts';

export const triage = parseTask({
  name: 'triage',
  kind: 'classify',
  instructions: 'Sort tickets.',
  labels: ['refund', 'card lost', 'other'],
  noAnswerLabel: 'other',
});

export function newProject(task: Task = triage, name = 'project.stillroom') {
  const path = join(mkdtempSync(join(tmpdir(), 'stillroom-teach-')), name);
  const store = openStore(path, { mode: 'create' });
  store.project.create(task);
  return { store, path };
}

export function addExample(
  store: Store,
  id: string,
  text: string,
  more: Partial<NewExample> = {},
): number {
  return store.examples.insert({
    externalId: id,
    text,
    origin: 'real',
    consent: 'private',
    split: 'unassigned',
    status: 'new',
    contentHash: sha256(text),
    ...more,
  });
}

export function setConsent(
  store: Store,
  where: string,
  to: Consent,
  more: { purposes?: Purpose[]; destination?: string; expiresAtMs?: number } = {},
) {
  return changeConsent(store, {
    filter: parseFilter(where),
    filterText: where,
    to,
    purposes: more.purposes ?? ['label'],
    destination: more.destination ?? '*',
    basis: 'a test',
    expiresAtMs: more.expiresAtMs ?? null,
  });
}

export function teachOptions(baseUrl: string, more: Partial<TeachOptions> = {}): TeachOptions {
  return {
    ...defaultTeachOptions,
    provider: findProvider('openai-compatible'),
    baseUrl,
    model: 'test-model',
    apiKey: undefined,
    temperature: 0,
    where: undefined,
    limit: undefined,
    maxCostUsd: undefined,
    price: undefined,
    firstWaitMs: 5,
    ...more,
  };
}

export function ask(
  store: Store,
  baseUrl: string,
  more: Partial<TeachOptions> & { task?: Task; work?: Work } = {},
) {
  const { task = triage, work = unwatched, ...options } = more;
  return teach(store, task, teachOptions(baseUrl, options), createTeacherGate(store), work);
}
