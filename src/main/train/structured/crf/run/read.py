"""Reads texts with a student of word features: which frame, which stretches of the text, which choices.
Only create_reader needs numpy and onnxruntime; features and decoding need the standard library."""

import json
import math
import os
import struct

from form import fewest_of
from lattice import FORBIDDEN, Lattice

DOUBT = 0.01


def to_float32(number):
    return struct.unpack("<f", struct.pack("<f", number))[0]


def find_mentions(words, names):
    """Places where a name of the answer stands, and the share of its words that stand anywhere."""
    own = [(w, word["hash"]) for w, word in enumerate(words) if not word["isSign"]]
    present = {running for _, running in own}
    places, share = [], 0.0
    for signed in names:
        name = [one & 0xFFFFFFFF for one in signed]
        if not name:
            continue
        share = max(share, sum(1 for one in name if one in present) / len(name))
        for i in range(len(own) - len(name) + 1):
            if all(own[i + n][1] == one for n, one in enumerate(name)):
                places.append((own[i][0], own[i + len(name) - 1][0] + 1))
    return places, share


def answer_head(head, scores, deep_scores, mentions, named, fewest):
    """deep_scores are those of an encoder, where the student has one; at least `fewest` are chosen."""
    scale, share, evidence, absent = head["calibration"]
    size, is_many = head["size"], head["mode"] == "many"
    calibrated = []
    for i in range(size):
        column = head["from"] + i
        p = named[column]
        odds = math.log((p + DOUBT) / (1 - p + DOUBT)) - math.log(DOUBT / (1 + DOUBT))
        z = scale * scores[column] + share * mentions[column][1] + evidence * odds
        z += deep_scores[column] if deep_scores else 0
        calibrated.append(z + (absent if is_many or (head["slot"] >= 0 and i == size - 1) else 0))
    if is_many:
        each = [1 / (1 + math.exp(-z)) for z in calibrated]
        order = sorted(range(size), key=lambda i: -each[i])
        chosen = sorted(i for rank, i in enumerate(order) if rank < fewest or each[i] > 0.5)
        return chosen, math.prod(p if i in chosen else 1 - p for i, p in enumerate(each))
    top = max(calibrated)
    given = calibrated[:-1] if head["slot"] >= 0 and size > 1 and fewest > 0 else calibrated
    best = given.index(max(given))
    chosen = [] if head["slot"] >= 0 and best == size - 1 else [best]
    return chosen, math.exp(calibrated[best] - top) / sum(math.exp(z - top) for z in calibrated)


def create_decoder(decoder):
    """From scores to a parse. Emissions: a list of T scores for each word; scores: one for each column of the heads."""
    frames, slots, model = decoder["form"]["frames"], decoder["slots"], decoder["model"]
    tag_slots, heads, names = model["tagSlots"], model["heads"], model["answerNames"]
    lattice = Lattice(model)

    def fewest_in(slot, required):
        return fewest_of(decoder["form"]["slots"][slot]) if slot in required else 0

    def is_span(tag):
        return tag > 0 and slots[tag_slots[(tag - 1) // 2]]["mode"] == "span"

    def find_named(emissions, frame, mentions):
        """Probability that an answer's name is tagged as its slot's value."""
        named = [0.0] * len(names)
        spans, columns = [], []
        for head in heads:
            k = tag_slots.index(head["slot"]) if head["slot"] in tag_slots else -1
            if k in model["frameTags"][frame]:
                for column in range(head["from"], head["from"] + head["size"]):
                    spans += [(k, *place) for place in mentions[column][0]]
                    columns += [column] * len(mentions[column][0])
        if spans:
            for column, p in zip(columns, lattice.measure(emissions, frame, spans)):
                named[column] = max(named[column], to_float32(p))
        return named

    def decode(words, emissions, scores, unseen_share, deep_scores=None):
        mentions = [find_mentions(words, own) for own in names]
        (frame,), frame_probability = answer_head(heads[0], scores, deep_scores, mentions, [0.0] * len(names), 1)
        own, required = (frames[frame]["slots"], frames[frame]["required"]) if frame < len(frames) else ([], [])
        named = find_named(emissions, frame, mentions)
        tags, _, spans = lattice.decode(emissions, frame)
        # Tags that spell the same values; where choices are named does not matter.
        alike = [
            [
                FORBIDDEN if (tag != tags[w] if is_span(tags[w]) else is_span(tag)) else score
                for tag, score in enumerate(of_word)
            ]
            for w, of_word in enumerate(emissions)
        ]
        answers = [
            (slot, *answer_head(head, scores, deep_scores, mentions, named, fewest_in(slot, required)))
            for head in heads
            for slot in [head["slot"]]
            if slot in own
        ]
        return {
            "frame": frame,
            "frameProbability": frame_probability,
            "spans": [
                {
                    "slot": tag_slots[k],
                    "start": words[start]["start"],
                    "end": words[end - 1]["end"],
                    "probability": p,
                }
                for k, start, end, p in spans
                if is_span(2 * k + 1)
            ],
            "pathProbability": math.exp(min(0.0, lattice.sum(alike, frame) - lattice.sum(emissions, frame))),
            "choices": [{"slot": slot, "chosen": chosen, "probability": p} for slot, chosen, p in answers],
            "unseenShare": unseen_share,
        }

    return decode


def create_reader(folder, decoder):
    import numpy
    import onnxruntime
    from ngrams import featurise
    from word_features import create_word_features

    with open(os.path.join(folder, "word-features.json"), encoding="utf-8") as file:
        read_words = create_word_features(json.load(file))
    with open(os.path.join(folder, "student.json"), encoding="utf-8") as file:
        model = json.load(file)["model"]
    session = onnxruntime.InferenceSession(os.path.join(folder, model), providers=["CPUExecutionProvider"])
    decode = create_decoder(decoder)
    names = ["emissions", "scores"]
    feed_pieces = None
    if os.path.exists(os.path.join(folder, "tokenizer.json")):
        # A student with an encoder reads pieces of words, too; its folder has the program that cuts them.
        from pieces import feed_pieces

        names.append("deep_scores")

    def to_tensors(prefix, rows):
        """Rows of features, padded with index 0 of value 0."""
        shape = (max(1, len(rows)), max([1] + [len(indices) for indices, _ in rows]))
        indices, values = numpy.zeros(shape, numpy.int64), numpy.zeros(shape, numpy.float32)
        for r, (own, weights) in enumerate(rows):
            indices[r, : len(own)] = own
            values[r, : len(own)] = weights
        return {f"{prefix}indices": indices, f"{prefix}values": values}

    def read(text, context=None):
        words, features = read_words(text)
        indices, values, unseen_share = featurise(text, context)
        feeds = to_tensors("word_", [(own, [1.0] * len(own)) for own in features])
        feeds.update(to_tensors("", [(indices, values)]))
        if feed_pieces:
            feeds.update(feed_pieces(text, context, words))
        emissions, *scores = session.run(names, feeds)
        of_heads = [row[0].tolist() for row in scores]
        return decode(words, emissions[: len(words)].tolist(), of_heads[0], unseen_share, *of_heads[1:])

    return read
