"""Splits a text into the pieces of tokenizer.json: the sequence whose scores have the largest sum (unigram model)."""

import json
import os
from unicodedata import normalize

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tokenizer.json")
with open(PATH, encoding="utf-8") as file:
    TOKENIZER = json.load(file)
VOCABULARY = TOKENIZER["model"]["vocab"]
UNKNOWN = TOKENIZER["model"]["unk_id"]
PIECES = {piece: (index, score) for index, (piece, score) in enumerate(VOCABULARY)}
LONGEST = max(len(piece) for piece, _ in VOCABULARY)
UNKNOWN_SCORE = min(score for _, score in VOCABULARY) - 10
MAX_LENGTH = TOKENIZER["truncation"]["max_length"]
# Nothing special is put around a text.
BEFORE, AFTER = [], []


def tokenise(text):
    if text == "":
        return []
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return encode(" " + normalize("NFKC", text))[:MAX_LENGTH]


def piece_word(word, is_first, is_after_space):
    """The pieces of one word of a text."""
    return encode((" " if is_first or is_after_space else "") + normalize("NFKC", word)) or [UNKNOWN]


def encode(text):
    """The pieces of a text that is normalised."""
    text = text.replace(" ", "\u2581")
    # Of each place: the best sum of a path that ends there, its last piece, and where that one begins.
    paths = [(0.0, None, 0)] + [None] * len(text)

    def offer(start, end, index, score):
        total = paths[start][0] + score
        if paths[end] is None or total > paths[end][0]:
            paths[end] = (total, index, start)

    for start in range(len(text)):
        for end in range(start + 1, min(start + LONGEST, len(text)) + 1):
            if text[start:end] in PIECES:
                offer(start, end, *PIECES[text[start:end]])
        if text[start] not in PIECES:
            offer(start, start + 1, UNKNOWN, UNKNOWN_SCORE)
    found = []
    _, index, start = paths[-1]
    while index is not None:
        if index != UNKNOWN or found[-1:] != [UNKNOWN]:  # unknown neighbours are one piece
            found.append(index)
        _, index, start = paths[start]
    return found[::-1]
