"""Finds the values in scores of tags. Tag 0 is no value's, 2k+1 the first word of slot k, 2k+2 a further one. A frame
allows its own slots only, and 2k+2 follows 2k+1 or itself only."""

import math

MOST_SPLITS = 4
FORBIDDEN = -1e9
EQUAL = 1e-4  # Log probabilities this near count as equal.
NOTHING = -math.inf


def sum_logs(values):
    top = max(values)
    return top if top == NOTHING else top + math.log(sum(math.exp(value - top) for value in values))


def may_follow(before, tag):
    return tag == 0 or tag % 2 == 1 or before == tag or before == tag - 1


def to_spans(tags):
    """Words from..to of slot k, as (k, from, to)."""
    spans = []
    for t, tag in enumerate(tags):
        if tag % 2 == 1:
            spans.append(((tag - 1) // 2, t, t + 1))
        elif tag > 0:
            spans[-1] = (spans[-1][0], spans[-1][1], t + 1)
    return spans


class Lattice:
    """Of the decoder: frameTags, for each frame the k that it allows; singles, for each k 1 if it has one value at most;
    transitions[i][j], starts[j], ends[j], what tag j scores behind tag i, first, and last; needed, for each frame the k
    that must have a value. Emissions: a list of T scores for each word."""

    def __init__(self, decoder):
        self.frame_tags, self.singles, self.needed = decoder["frameTags"], decoder["singles"], decoder["needed"]
        self.transitions, self.starts, self.ends = decoder["transitions"], decoder["starts"], decoder["ends"]

    def prepare(self, emissions, frame):
        tags = [0] + [tag for k in self.frame_tags[frame] for tag in (2 * k + 1, 2 * k + 2)]
        last = len(emissions) - 1
        scores = []
        for t, own in enumerate(emissions):
            sums = {}
            for tag in tags:
                edges = (self.starts[tag] if t == 0 else 0) + (self.ends[tag] if t == last else 0)
                sums[tag] = own[tag] + edges if t > 0 or may_follow(0, tag) else NOTHING
            scores.append(sums)
        return tags, scores

    def list_next(self, tags, scores, betas, t, tag, forbidden=0):
        """What may stand behind a tag at word t, with all that follows."""
        return [
            self.transitions[tag][after] + scores[t + 1][after] + betas[t + 1][after]
            for after in tags
            if may_follow(tag, after) and (after == 0 or after != forbidden)
        ]

    def sum_paths(self, tags, scores):
        """ln of the sums over all beginnings up to each word and tag, over all endings behind them, and in all."""
        alphas = []
        for t, own in enumerate(scores):
            alphas.append(
                {
                    tag: own[tag]
                    + (
                        sum_logs([alphas[-1][i] + self.transitions[i][tag] for i in tags if may_follow(i, tag)])
                        if t > 0
                        else 0
                    )
                    for tag in tags
                }
            )
        betas = [dict.fromkeys(tags, 0.0) for _ in scores]
        for t in range(len(scores) - 2, -1, -1):
            for tag in tags:
                betas[t][tag] = sum_logs(self.list_next(tags, scores, betas, t, tag))
        return alphas, betas, sum_logs(list(alphas[-1].values())) if scores else 0

    def sum(self, emissions, frame):
        """ln of the sum over all tags that the frame allows."""
        return self.sum_paths(*self.prepare(emissions, frame))[2]

    def measure(self, emissions, frame, spans):
        """p(slot k has a value that begins at word `from` and ends before word `to`) for each span."""
        tags, scores = self.prepare(emissions, frame)
        return self.measure_in(tags, scores, self.sum_paths(tags, scores), spans)

    def measure_in(self, tags, scores, sums, spans):
        alphas, betas, total = sums
        found = []
        for k, start, end in spans:
            begin, inside = 2 * k + 1, 2 * k + 2
            if begin not in tags:
                found.append(0.0)
                continue
            score = alphas[start][begin]
            for t in range(start + 1, end):
                score += self.transitions[begin if t == start + 1 else inside][inside] + scores[t][inside]
            if end < len(scores):
                tag = begin if end == start + 1 else inside
                score += sum_logs(self.list_next(tags, scores, betas, end - 1, tag, inside))
            found.append(math.exp(min(0.0, score - total)))
        return found

    def find_best(self, tags, scores):
        tops, backs = {}, []
        for t, own in enumerate(scores):
            after, back = {}, {}
            for tag in tags:
                best, top = 0, 0.0 if t == 0 else NOTHING
                if t > 0:
                    for other in tags:
                        score = tops[other] + self.transitions[other][tag]
                        if may_follow(other, tag) and score > top:
                            best, top = other, score
                after[tag], back[tag] = own[tag] + top, best
            tops = after
            backs.append(back)
        path = []
        best = max(tags, key=lambda tag: tops[tag]) if scores else 0
        for back in reversed(backs):
            path.append(best)
            best = back[best]
        return path[::-1]

    def score_path(self, scores, path):
        steps = sum(self.transitions[before][tag] for before, tag in zip(path, path[1:]))
        return steps + sum(own[tag] for own, tag in zip(scores, path))

    def find_path(self, tags, scores, splits=MOST_SPLITS):
        """The best path in which a slot of one value has one: of two, either is forbidden, whichever is better."""
        path = self.find_best(tags, scores)
        seen = {}
        for span in to_spans(path) if splits > 0 else []:
            if self.singles[span[0]] == 1 and span[0] in seen:
                break
            seen.setdefault(span[0], span)
        else:
            return path
        ways = []
        for k, start, end in (seen[span[0]], span):
            other = [
                {**own, 2 * k + 1: FORBIDDEN, 2 * k + 2: FORBIDDEN} if start <= t < end else own
                for t, own in enumerate(scores)
            ]
            found = self.find_path(tags, other, splits - 1)
            ways.append((self.score_path(other, found), found))
        return ways[1][1] if ways[1][0] > ways[0][0] else ways[0][1]

    def find_needed_path(self, tags, scores, frame):
        """The best path in which each needed slot has a value: while one has none, the word that most probably begins
        such a value is made to."""
        path, forced, is_forced = self.find_path(tags, scores), list(scores), set()
        while True:
            missing = [2 * k + 1 for k in self.needed[frame] if 2 * k + 1 not in path]
            if not missing:
                return path
            alphas, betas, _ = self.sum_paths(tags, forced)
            found, top = None, NOTHING
            for t in range(len(scores)):
                for tag in missing:
                    score = alphas[t][tag] + betas[t][tag]
                    if t not in is_forced and score > top + EQUAL:
                        found, top = (t, tag), score
            if found is None:
                return path
            t, tag = found
            is_forced.add(t)
            forced[t] = {**dict.fromkeys(tags, FORBIDDEN), tag: forced[t][tag]}
            path = self.find_path(tags, forced)

    def decode(self, emissions, frame):
        """The best tags, their probability, and their spans with theirs, as (k, from, to, probability)."""
        tags, scores = self.prepare(emissions, frame)
        sums = self.sum_paths(tags, scores)
        path = self.find_needed_path(tags, scores, frame)
        spans = to_spans(path)
        measured = self.measure_in(tags, scores, sums, spans)
        probability = math.exp(min(0.0, self.score_path(scores, path) - sums[2]))
        return path, probability, [(*span, p) for span, p in zip(spans, measured)]
