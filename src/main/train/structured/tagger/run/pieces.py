"""Cuts a text, word by word, into the pieces that the encoder reads."""

import re
from unicodedata import normalize

from tokenise import MAX_LENGTH, UNKNOWN, encode, tokenise

# As JavaScript has it.
SPACE = re.compile("[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]")


def cut_words(text, words):
    """Offsets of words count UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    ids, word_of = [], []
    for index, word in enumerate(words):
        if len(ids) >= MAX_LENGTH:
            break
        start, end = 2 * word["start"], 2 * word["end"]
        before = units[start - 2 : start].decode("utf-16-le", "replace") if start else " "
        own = encode((" " if SPACE.match(before) else "") + normalize("NFKC", units[start:end].decode("utf-16-le", "replace")))
        for piece in own or [UNKNOWN]:
            ids.append(piece)
            word_of.append(index)
    return ids[:MAX_LENGTH], word_of[:MAX_LENGTH]


def feed_pieces(text, context, words):
    """What the encoder is fed: the pieces of text and context, and for each word which pieces to average."""
    import numpy

    ids, word_of = cut_words(text, words)
    ids = (ids + (tokenise(context) if context else []))[:MAX_LENGTH]
    length = max(1, len(ids))
    pooling = numpy.zeros((max(1, len(words)), length), dtype=numpy.float32)
    for piece, word in enumerate(word_of):
        pooling[word, piece] = 1 / word_of.count(word)
    return {
        "input_ids": numpy.array([ids or [0]], dtype=numpy.int64),
        "attention_mask": numpy.array([[1] * len(ids) or [0]], dtype=numpy.int64),
        "pooling": pooling,
    }
