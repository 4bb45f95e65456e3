"""Cuts a text, word by word, into the pieces that the encoder reads."""

import re

from tokenise import AFTER, BEFORE, MAX_LENGTH, piece_word, tokenise

# As JavaScript has it.
SPACE = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")
ROOM = max(0, MAX_LENGTH - len(BEFORE) - len(AFTER))


def cut_words(text, words):
    """Pieces with what is put around them, and the word of each, -1 for none. Offsets of words count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    ids, word_of = [], []
    for index, word in enumerate(words):
        if len(ids) >= ROOM:
            break
        start, end = 2 * word["start"], 2 * word["end"]
        before = units[start - 2 : start].decode("utf-16-le", "replace")
        surface = units[start:end].decode("utf-16-le", "replace")
        for piece in piece_word(surface, start == 0, bool(SPACE.match(before))):
            ids.append(piece)
            word_of.append(index)
    return BEFORE + ids[:ROOM] + AFTER, [-1] * len(BEFORE) + word_of[:ROOM] + [-1] * len(AFTER)


def feed_pieces(text, context, words):
    """What the encoder is fed: the pieces of text and context, and for each word which pieces to average."""
    import numpy

    ids, word_of = cut_words(text, words)
    ids = (ids + (tokenise(context) if context else []))[:MAX_LENGTH]
    length = max(1, len(ids))
    pooling = numpy.zeros((max(1, len(words)), length), dtype=numpy.float32)
    for piece, word in enumerate(word_of):
        if word >= 0:
            pooling[word, piece] = 1 / word_of.count(word)
    return {
        "input_ids": numpy.array([ids or [0]], dtype=numpy.int64),
        "attention_mask": numpy.array([[1] * len(ids) or [0]], dtype=numpy.int64),
        "pooling": pooling,
    }
