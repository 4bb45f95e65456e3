"""N-grams of texts, as rows of the model's table; the rules and lists are those of features.json."""

import base64
import json
import math
import os
import struct
from functools import reduce
from unicodedata import normalize

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "features.json"), encoding="utf-8") as rules:
    RULES = json.load(rules)
COUNT = RULES["count"]
WEIGHTS = struct.unpack(f"<{COUNT}f", base64.b64decode(RULES["weights"]))
HASHES = struct.unpack(f"<{COUNT}I", base64.b64decode(RULES["hashes"]))
INDEX_OF = {known: index for index, known in enumerate(HASHES)}


def is_in(ranges, point):
    return any(first <= point <= last for first, last in ranges)


def step(running, point):
    return ((running ^ point) * 0x01000193) & 0xFFFFFFFF


def words_of(text):
    """Words of a text, each a list of code points."""
    words = [[]]
    # Half surrogate pairs that belong together are put together; lone ones become U+FFFD.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for character in text:
        if is_in(RULES["dropped"], ord(character)):
            continue
        if is_in(RULES["folded"], ord(character)):
            character = normalize("NFKD", normalize("NFKD", character).lower())
        for part in character:
            if is_in(RULES["separators"], ord(part)):
                words.append([])
            else:
                words[-1].append(ord(part))
    return [word for word in words if word]


def hashes_of(text, salt):
    """Hashes of words, pairs of words (next to each other, one apart), and 2 to 5 characters within " word "."""
    words = words_of(text)
    found = []

    def emit(value, last_bit):
        found.append(((value ^ salt) & 0xFFFFFFFE) | last_bit)

    own = [reduce(step, word, 0x2F0B4C47) for word in words]
    for i, value in enumerate(own):
        emit(value, 1)
        if i > 0:
            emit(step(step(own[i - 1], 0x20), value), 1)
        if i > 1:
            emit(step(step(own[i - 2], 0x5F), value), 1)
    points = [0x20] + [point for word in words for point in word + [0x20]]
    for start in range(len(points) - 1):
        value = step(0x811C9DC5, points[start])
        for i in range(start + 1, min(start + 5, len(points))):
            value = step(value, points[i])
            emit(value, 0)
            if points[i] == 0x20:
                break
    return found


def featurise(text, context=None):
    """Known n-grams with (1 + ln count) * weight, divided by the vector's length; and the share of unknown ones."""
    hashes = hashes_of(text, 0) + (hashes_of(context, 0x9E3779B9) if context else [])
    counts = {}
    for value in hashes:
        index = INDEX_OF.get(value)
        if index is not None:
            counts[index] = counts.get(index, 0) + 1
    products = [(1 + math.log(count)) * WEIGHTS[index] for index, count in counts.items()]
    length = math.sqrt(sum(value * value for value in products))
    unseen = len(hashes) - sum(counts.values())
    return list(counts), [value / length for value in products], unseen / len(hashes) if hashes else 1.0
