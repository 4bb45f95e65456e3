"""Features of words, as rows of the model's table; the rules and lists are those of word-features.json."""

import base64
import struct

from words import create_word_reader, step

EDGE_HASH = 0x51ED270B
EDGE_SHAPE = 31
LONGEST_AFFIX = 5
LONGEST_PHRASE = 12


def numbers_of(text):
    data = base64.b64decode(text)
    return struct.unpack(f"<{len(data) // 4}I", data)


def join(kind, first, second=0):
    return step(step((kind * 0x01000193) & 0xFFFFFFFF, first), second)


def affixes(kind, points):
    """Beginnings of a list of code points, of 1 to 5 of them."""
    running, found = kind, []
    for length, point in enumerate(points[:LONGEST_AFFIX], 1):
        running = step(running, point)
        found.append(join(kind + length, running))
    return found


def hash_value(value, w):
    k, start, end, count, share = value
    place = 0 if end - start == 1 else 1 if w == start else 2 if w == end - 1 else 3
    own = k * 4 + place
    trust = 3 if share >= 0.95 else 2 if share >= 0.5 else 1 if share >= 0.1 else 0
    fame = 2 if count >= 10 else 1 if count >= 2 else 0
    return [join(60, own), join(61, own, trust), join(62, own, (trust * 4 + min(end - start, 4)) * 4 + fame)]


def hash_word(words, w):
    def at(i, name, edge):
        return words[i][name] if 0 <= i < len(words) else edge

    def hash_at(i):
        return at(i, "hash", EDGE_HASH)

    def shape_at(i):
        return at(i, "shape", EDGE_SHAPE)

    own, shape, points = words[w]["hash"], words[w]["shape"], words[w]["points"]
    return [
        join(1, 0),
        join(2, own),
        join(4, hash_at(w - 2)),
        join(5, hash_at(w - 1)),
        join(6, hash_at(w + 1)),
        join(7, hash_at(w + 2)),
        join(10, hash_at(w - 1), own),
        join(11, own, hash_at(w + 1)),
        join(12, hash_at(w - 2), hash_at(w - 1)),
        join(13, hash_at(w + 1), hash_at(w + 2)),
        join(16, hash_at(w - 1), hash_at(w + 1)),
        *affixes(20, points),
        *affixes(30, points[::-1]),
        join(40, shape),
        join(41, shape_at(w - 1), shape),
        join(42, shape, shape_at(w + 1)),
        join(43, shape_at(w - 1) * 32 + shape, shape_at(w + 1)),
        join(46, own, shape),
        join(45, min(w, 3), 0),
        join(45, min(len(words) - 1 - w, 2), 1),
    ]


def create_word_features(rules):
    read_words = create_word_reader(rules)
    row_of = {known: row for row, known in enumerate(numbers_of(rules["hashes"]))}
    lists = (numbers_of(rules["gazetteer"][name]) for name in ("hashes", "places", "starts", "ks", "counts"))
    phrases, places, starts, ks, counts = lists
    phrase_of = {known: phrase for phrase, known in enumerate(phrases)}

    def find_values(words):
        """For each word and slot the longest known value that covers the word."""
        covering = [{} for _ in words]
        for start in range(len(words)):
            running = 0x1B873593
            for end in range(start + 1, min(len(words), start + LONGEST_PHRASE) + 1):
                running = step(running, words[end - 1]["hash"])
                phrase = phrase_of.get(running)
                if phrase is None:
                    continue
                for j in range(starts[phrase], starts[phrase + 1]):
                    value = (ks[j], start, end, counts[j], counts[j] / places[phrase])
                    for w in range(start, end):
                        known = covering[w].get(ks[j])
                        if known is None or end - start > known[2] - known[1]:
                            covering[w][ks[j]] = value
        return covering

    def read(text):
        """The words of a text, and for each the rows of its known features."""
        words = read_words(text)
        values = find_values(words)
        features = []
        for w in range(len(words)):
            hashes = hash_word(words, w) + [one for value in values[w].values() for one in hash_value(value, w)]
            features.append([row_of[one] for one in hashes if one in row_of])
        return words, features

    return read
