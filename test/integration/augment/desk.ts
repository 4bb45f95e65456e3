import { augmentProject } from '../../../src/main/app/augment-project.ts';
import type { Project } from '../../../src/main/app/project.ts';
import type { AugmentRequest } from '../../../src/main/augment/augment-request.ts';
import { unwatched, type Work } from '../../../src/main/lib/work.ts';
import type { AskOptions } from '../../../src/main/teach/options.ts';
import { parseFilter } from '../../../src/shared/domain/filter.ts';
import { addRows, emptyProject, type NewRow } from '../../helpers/train-project.ts';
import { setConsent, teachOptions } from '../teach/project.ts';
import type { Received, Reply } from '../teach/teacher-server.ts';

/** What the texts of each label of the task are about. */
export const topics: Readonly<Record<string, readonly string[]>> = {
  card: ['plastic', 'chip', 'wallet', 'cashpoint'],
  money: ['transfer', 'payment', 'savings', 'deposit'],
  weather: ['rain', 'sunshine', 'forecast', 'storm'],
  nothing: ['joke', 'chess', 'poem', 'dinosaur'],
};

const places = 'Paris Oslo Lima Cairo Quito Dakar Delhi Osaka Turin Perth Sofia Malmo'.split(' ');
const acts = 'find compare explain replace check order cancel describe fix change'.split(' ');

/** A text about a label's topic, different for each number. */
export function textAbout(label: string, number: number): string {
  const words = topics[label]!;
  const word = (shift: number) => words[(number + shift) % words.length]!;
  const [act, other] = [acts[number % acts.length]!, acts[(number * 7 + 3) % acts.length]!];
  return `Please ${act} the ${word(0)} near ${places[number % places.length]!}. I would ${other} that ${word(1)} ${word(2)} for ${places[(number * 5 + 1) % places.length]!} number${number}.`;
}

const PERMITTED_PER_LABEL = 8;

/**
 * A project whose rows are of all sorts: permitted ones, and with a marker in each those that must stay or must not be
 * built upon.
 */
export function plantDesk(): Project {
  const project = emptyProject();
  const rows = (split: NewRow['split'], prefix: string, from: number, count: number): NewRow[] =>
    Object.keys(topics).flatMap((label) =>
      Array.from({ length: count }, (_, i) => ({
        externalId: `${prefix}-${label}-${i}`,
        text: `${textAbout(label, from + i)}${prefix === 'open' ? '' : ` canary-${prefix}.`}`,
        label,
        split: split ?? 'train',
        author: 'human' as const,
      })),
    );
  addRows(project, rows('train', 'open', 0, PERMITTED_PER_LABEL));
  addRows(project, rows('train', 'private', 100, 2));
  addRows(project, rows('holdout', 'holdout', 200, 2));
  addRows(project, rows('calibration', 'calibration', 300, 2));
  const [guarded] = project.store.examples.ids(parseFilter('split = holdout'));
  const [grouped] = addRows(project, [
    { text: 'canary-grouped storm forecast', label: 'weather', split: 'train', author: 'human' },
  ]);
  addRows(project, [
    { text: 'canary-rejected rain', label: 'weather', split: 'train', status: 'rejected' },
    { text: 'canary-unlabelled rain', split: 'train' },
    { text: 'canary-doubted rain', label: 'weather', split: 'train', externalId: 'doubted' },
    { text: 'canary-repeating rain', label: 'weather', split: 'train', externalId: 'repeating' },
  ]);
  const { store } = project;
  const idOf = (externalId: string) => store.examples.findByExternalId(externalId)!.id;
  store.transaction(() => {
    store.examples.setGroups(
      new Map([
        [guarded!, 1],
        [grouped!, 1],
      ]),
    );
    store.findings.replace('label-error', [
      {
        exampleId: idOf('doubted'),
        otherId: null,
        score: 0,
        isFlagged: true,
        evidence: { suggested: 'card', probability: 0.9 },
      },
    ]);
    store.findings.replace('contamination', [
      { exampleId: idOf('repeating'), otherId: guarded!, score: 0, isFlagged: true, evidence: {} },
    ]);
  });
  setConsent(store, 'not id ~ private', 'permitted', { purposes: ['augment'] });
  return project;
}

/** A teacher that writes about the topic it was asked for, and recognises topics. */
export function topicTeacher({ body, text }: Received, count: number): Reply {
  const [system] = (JSON.parse(body) as { messages: { content: string }[] }).messages;
  const wanted = /right label (?:of the input below is|becomes|is) "(\w+)"/.exec(system!.content);
  if (!wanted) return { content: JSON.stringify({ label: topicOf(text), confidence: 1 }) };
  const texts = [1, 2, 3].map((i) => textAbout(wanted[1]!, 1_000 + count * 10 + i));
  return { content: JSON.stringify({ texts }) };
}

export function topicOf(text: string): string {
  const found = Object.entries(topics).find(([, words]) => words.some((w) => text.includes(w)));
  return found?.[0] ?? 'nothing';
}

export function request(strategy: string, more: Partial<AugmentRequest> = {}): AugmentRequest {
  return {
    strategy,
    count: 6,
    label: undefined,
    seed: 1,
    maxShare: 0.5,
    verifies: false,
    ...more,
  };
}

export function askOptions(baseUrl: string, more: Partial<AskOptions> = {}): AskOptions {
  return { ...teachOptions(baseUrl), purpose: 'augment', ...more };
}

export function run(
  project: Project,
  strategy: string,
  more: Partial<AugmentRequest> & { teacher?: AskOptions; work?: Work } = {},
) {
  const { teacher, work = unwatched, ...wanted } = more;
  return augmentProject(project, request(strategy, wanted), teacher, work);
}

/** The rows that augmentation made. */
export function children({ store }: Project) {
  return store.examples.list(parseFilter('origin = synthetic'));
}
