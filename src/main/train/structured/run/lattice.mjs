// Finds the values in scores of tags. Tag 0 is no value's, 2k+1 the first word of slot k, 2k+2 a further one. A frame
// allows its own slots only, and 2k+2 follows 2k+1 or itself only.
const MOST_SPLITS = 4;
const FORBIDDEN = -1e9;
// Log probabilities this near count as equal.
const EQUAL = 1e-4;

const sumLogs = (values) => {
  const top = Math.max(...values);
  if (top === -Infinity) return top;
  return top + Math.log(values.reduce((sum, value) => sum + Math.exp(value - top), 0));
};
const mayFollow = (before, tag) =>
  tag === 0 || tag % 2 === 1 || before === tag || before === tag - 1;

// frameTags: for each frame the k that it allows; singles: for each k, 1 if it has one value at most; transitions[i][j],
// starts[j], ends[j]: what tag j scores behind tag i, first, and last; needed: for each frame the k that must have a value.
// Emissions: one array of T scores for each word.
export function createLattice({ frameTags, singles, needed, transitions, starts, ends }) {
  function prepare(emissions, frame) {
    const tags = [0, ...frameTags[frame].flatMap((k) => [2 * k + 1, 2 * k + 2])];
    const last = emissions.length - 1;
    const scores = emissions.map((own, t) => {
      const sums = new Map();
      for (const tag of tags) {
        const isBegun = t > 0 || mayFollow(0, tag);
        const edges = (t === 0 ? starts[tag] : 0) + (t === last ? ends[tag] : 0);
        sums.set(tag, isBegun ? own[tag] + edges : -Infinity);
      }
      return sums;
    });
    return { tags, scores };
  }

  // ln of the sums over all beginnings up to each word and tag, and over all endings behind them.
  function sumPaths({ tags, scores }) {
    const alphas = [];
    scores.forEach((own, t) => {
      const sums = new Map();
      for (const tag of tags) {
        const before = tags.filter((other) => mayFollow(other, tag));
        const from = (other) => alphas[t - 1].get(other) + transitions[other][tag];
        sums.set(tag, own.get(tag) + (t === 0 ? 0 : sumLogs(before.map(from))));
      }
      alphas.push(sums);
    });
    const betas = scores.map(() => new Map(tags.map((tag) => [tag, 0])));
    for (let t = scores.length - 2; t >= 0; t--)
      for (const tag of tags) betas[t].set(tag, sumLogs(listNext(tag, t, 0)));
    function listNext(tag, t, forbidden) {
      return tags
        .filter((next) => mayFollow(tag, next) && (next === 0 || next !== forbidden))
        .map((next) => transitions[tag][next] + scores[t + 1].get(next) + betas[t + 1].get(next));
    }
    const total = scores.length === 0 ? 0 : sumLogs([...alphas.at(-1).values()]);
    return { alphas, betas, listNext, total };
  }

  // p(slot k has a value that begins at word `from` and ends before word `to`) for each span.
  function measure({ scores }, { alphas, listNext, total }, spans) {
    return spans.map(({ k, from, to }) => {
      const inside = 2 * k + 2;
      let score = alphas[from].get(2 * k + 1);
      if (score === undefined) return 0;
      for (let t = from + 1; t < to; t++)
        score += transitions[t === from + 1 ? inside - 1 : inside][inside] + scores[t].get(inside);
      if (to < scores.length)
        score += sumLogs(listNext(to === from + 1 ? inside - 1 : inside, to - 1, inside));
      return Math.exp(Math.min(0, score - total));
    });
  }

  function findBest({ tags, scores }) {
    const backs = [];
    let tops = new Map();
    scores.forEach((own, t) => {
      const next = new Map();
      const back = new Map();
      for (const tag of tags) {
        let best = 0;
        let top = t === 0 ? 0 : -Infinity;
        if (t > 0)
          for (const other of tags) {
            const score = tops.get(other) + transitions[other][tag];
            if (mayFollow(other, tag) && score > top) [best, top] = [other, score];
          }
        next.set(tag, own.get(tag) + top);
        back.set(tag, best);
      }
      tops = next;
      backs.push(back);
    });
    let best = tags[0];
    for (const tag of tags) if (tops.get(tag) > tops.get(best)) best = tag;
    const path = new Array(scores.length);
    for (let t = scores.length - 1; t >= 0; t--) {
      path[t] = best;
      best = backs[t].get(best);
    }
    return path;
  }

  const scorePath = ({ scores }, path) =>
    path.reduce(
      (sum, tag, t) => sum + scores[t].get(tag) + (t > 0 ? transitions[path[t - 1]][tag] : 0),
      0,
    );

  // The best path in which a slot of one value has one: of two, either is forbidden, whichever leaves the better path.
  function findPath(own, splits = MOST_SPLITS) {
    const path = findBest(own);
    const spans = splits > 0 ? toSpans(path) : [];
    const second = spans.find(
      ({ k }, i) => singles[k] === 1 && spans.findIndex((span) => span.k === k) < i,
    );
    if (!second) return path;
    const first = spans.find(({ k }) => k === second.k);
    const ways = [first, second].map(({ k, from, to }) => {
      const scores = own.scores.map((sums, t) =>
        t < from || t >= to
          ? sums
          : new Map(sums).set(2 * k + 1, FORBIDDEN).set(2 * k + 2, FORBIDDEN),
      );
      const other = { tags: own.tags, scores };
      const found = findPath(other, splits - 1);
      return { found, score: scorePath(other, found) };
    });
    return ways[1].score > ways[0].score ? ways[1].found : ways[0].found;
  }

  // The best path in which each needed slot has a value: while one has none, the word that most probably begins such a
  // value is made to.
  function findNeededPath(own, frame) {
    let path = findPath(own);
    const isForced = new Set();
    let forced = own;
    for (;;) {
      const missing = needed[frame].map((k) => 2 * k + 1).filter((tag) => !path.includes(tag));
      if (missing.length === 0) return path;
      const { alphas, betas } = sumPaths(forced);
      let found;
      let top = -Infinity;
      for (let t = 0; t < alphas.length; t++)
        for (const tag of missing) {
          const score = alphas[t].get(tag) + betas[t].get(tag);
          if (isForced.has(t) || score <= top + EQUAL) continue;
          top = score;
          found = { t, tag };
        }
      if (!found) return path;
      isForced.add(found.t);
      const only = new Map(own.tags.map((tag) => [tag, FORBIDDEN]));
      only.set(found.tag, forced.scores[found.t].get(found.tag));
      forced = { tags: own.tags, scores: forced.scores.with(found.t, only) };
      path = findPath(forced);
    }
  }

  return {
    // ln of the sum over all tags that the frame allows.
    sum: (emissions, frame) => sumPaths(prepare(emissions, frame)).total,
    // The best tags, their probability, and their spans with theirs.
    decode(emissions, frame) {
      const own = prepare(emissions, frame);
      const sums = sumPaths(own);
      const tags = findNeededPath(own, frame);
      const spans = toSpans(tags);
      const probabilities = measure(own, sums, spans);
      return {
        tags,
        probability: Math.exp(Math.min(0, scorePath(own, tags) - sums.total)),
        spans: spans.map((span, i) => ({ ...span, probability: probabilities[i] })),
      };
    },
    measure(emissions, frame, spans) {
      const own = prepare(emissions, frame);
      return measure(own, sumPaths(own), spans);
    },
  };
}

// Words from..to of slot k.
function toSpans(tags) {
  const spans = [];
  tags.forEach((tag, t) => {
    if (tag % 2 === 1) spans.push({ k: (tag - 1) / 2, from: t, to: t + 1 });
    else if (tag > 0) spans.at(-1).to = t + 1;
  });
  return spans;
}
