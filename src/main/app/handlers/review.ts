import type { Certificate, reviewMethods } from '../../../shared/contract/review.ts';
import { and, equals, not, parseFilter } from '../../../shared/domain/filter.ts';
import { AppError } from '../../../shared/errors.ts';
import { agreement } from '../../review/agreement.ts';
import { decide, decideWhere } from '../../review/decide.ts';
import { nextForReview } from '../../review/queue.ts';
import { proposeReplies } from '../../values/replies/propose-replies.ts';
import { assertFilterFits } from '../assert-filter-fits.ts';
import { learntBy } from '../learnt-by.ts';
import { recordedDecisions } from '../sample.ts';
import type { HandlersOf, SessionContext } from '../session-context.ts';
import { sealProject, splitProject } from '../split-project.ts';

export const reviewHandlers: HandlersOf<typeof reviewMethods> = {
  'review.next'(context, { count }) {
    const { store, task } = context.project();
    return { items: nextForReview(store, task, count) };
  },
  'review.replies'(context, { id }) {
    const { store } = context.project();
    const newest = store.students.latest();
    const types = newest && learntBy(store, newest.id).replies?.types;
    const found = store.examples.findByExternalId(id);
    const example = found && store.examples.get(found.id);
    if (!types || !example) return [];
    const { label, split } = example;
    // Nothing of a held-out record steers its reviewer.
    const given =
      split !== 'holdout' && typeof label?.output === 'string' ? label.output : undefined;
    return proposeReplies(types, example.text, given);
  },
  'review.state'(context) {
    const { store } = context.project();
    const decided = store.reviews.exampleIds('approve', 'correct', 'reject');
    const holdout = store.examples.ids(equals('split', 'holdout'));
    const { pairs, agreement: share, kappa } = agreement(store.reviews.list());
    return {
      decided: decided.size,
      unreviewed: store.examples.count(
        and(equals('status', 'labelled'), not(equals('author', 'human'))),
      ),
      skipped: store.reviews.exampleIds('skip').size,
      // Written by `seal` as a certificate.
      seal: (store.seals.current()?.certificate as unknown as Certificate | undefined) ?? null,
      looks: {
        train: store.looks.count('train'),
        calibration: store.looks.count('calibration'),
        holdout: store.looks.count('holdout'),
      },
      holdout: {
        rows: holdout.length,
        reviewed: holdout.filter((id) => decided.has(id)).length,
      },
      agreement: { pairs, agreement: share, kappa },
    };
  },
  'review.history'(context, { limit }) {
    const { store } = context.project();
    return store.reviews
      .list()
      .slice(-limit)
      .reverse()
      .map(({ exampleId, verdict, outputJson, reviewer }) => ({
        id: store.examples.externalIds([exampleId])[0]!,
        verdict,
        output: outputJson === null ? null : JSON.parse(outputJson),
        reviewer,
      }));
  },
  'review.decide'(context, { reviewer, decisions }) {
    const { store, task } = context.writable();
    const result = decide(
      store,
      task,
      decisions.map((decision) => ({ ...decision, reviewer })),
    );
    changedByReview(context);
    return result;
  },
  'review.decideWhere'(context, { filter, ...request }) {
    const { store, task } = context.writable();
    const where = parseFilter(filter);
    assertFilterFits({ store, task }, where);
    const result = decideWhere(store, task, { ...request, filter: where });
    changedByReview(context);
    return result;
  },
  'review.recorded'(context, { count }) {
    const project = context.writable();
    const { store, task } = project;
    if (!store.project.isSample())
      throw new AppError('app.usage', 'Only the sample has recorded reviewers.');
    const ids = nextForReview(store, task, count).map(({ id }) => id);
    const result = decide(store, task, recordedDecisions(project, ids));
    changedByReview(context);
    return result;
  },
  'review.split': (context, options) =>
    context.startJob('split', (project, work) => splitProject(project, options, work), [
      'examples',
      'findings',
      'gates',
      'review',
    ]),
  'review.seal': (context) =>
    context.startJob('seal', sealProject, ['examples', 'findings', 'gates', 'review']),
};

function changedByReview(context: SessionContext): void {
  context.changed('examples', 'review', 'findings', 'gates', 'project');
}
