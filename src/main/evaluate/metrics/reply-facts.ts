import { wilson } from '../../lib/statistics/wilson.ts';
import { findFacts } from '../../values/facts/find-facts.ts';
import { findNewFacts } from '../../values/facts/find-new-facts.ts';
import { createKnownFacts, findConstantFacts } from '../../values/facts/known-facts.ts';
import type { Scored } from '../scored.ts';
import type { Metric } from './metric.ts';
import { resample } from './resample.ts';

export const factsInvented: Metric = {
  title: 'Replies with an invented fact',
  kinds: ['rewrite'],
  better: 'lower',
  method:
    "Share of the replies given with a number, date, time, code or address that is neither in the text nor in the reference, nor the house's own in many references or a type of reply; Wilson's interval.",
  measure(scored) {
    const given = listGiven(scored);
    if (given.length === 0) return undefined;
    const known = knownFacts(scored);
    const inventing = given.filter(({ source, reply, reference }) => {
      const own = findNewFacts(source, reply, known).invented;
      if (own.length === 0) return false;
      // What the reference says, too, is not made up.
      return findNewFacts({ text: reference }, reply, known).invented.some((fact) =>
        own.some(({ start }) => start === fact.start),
      );
    });
    return wilson(inventing.length, given.length);
  },
};

export const factsKept: Metric = {
  title: 'Facts kept',
  kinds: ['rewrite'],
  better: 'higher',
  method:
    'Of the facts of the text that the reference repeats, the share that the reply repeats, too, over the replies given; bootstrap of rows.',
  measure(scored) {
    const counts = listGiven(scored).map(({ source, reply, reference }) => {
      const own = findFacts(source.text).facts.length;
      const repeated = own - findNewFacts(source, reference).dropped.length;
      const droppedByBoth = new Set(
        findNewFacts(source, reference).dropped.map(({ start }) => start),
      );
      const lost = findNewFacts(source, reply).dropped.filter(
        ({ start }) => !droppedByBoth.has(start),
      ).length;
      return { repeated, kept: repeated - lost };
    });
    if (counts.every(({ repeated }) => repeated === 0)) return undefined;
    return resample(counts.length, (sample) => {
      let [all, kept] = [0, 0];
      for (let i = 0; i < sample.length; i++) {
        all += counts[sample[i]!]!.repeated;
        kept += counts[sample[i]!]!.kept;
      }
      return all === 0 ? 1 : kept / all;
    });
  },
};

/** The replies that were given, with what they answer and how they should. */
export function listGiven({ replies = [], gold, answers }: Scored) {
  return replies.flatMap(({ source }, row) => {
    const { key, isLeft } = answers[row]!;
    // Keys are canonical JSON that Stillroom wrote itself; of replies, texts.
    const [reply, reference] = [JSON.parse(key), JSON.parse(gold[row]!)] as [string, string];
    return isLeft ? [] : [{ source, reply, reference }];
  });
}

/** Facts that need no source: those of the house, in its types of reply or in many references. */
function knownFacts({ replies = [], gold, houseWords = '' }: Scored) {
  const invented = replies.map(
    ({ source }, row) => findNewFacts(source, String(JSON.parse(gold[row]!))).invented,
  );
  return createKnownFacts({ constant: findConstantFacts(invented), text: houseWords });
}
