"""Splits a text into the pieces of tokenizer.json. Needs: pip install tokenizers"""

import json
import os

from tokenizers import Tokenizer

PATH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tokenizer.json")
with open(PATH, encoding="utf-8") as file:
    MAX_LENGTH = json.load(file)["truncation"]["max_length"]
TOKENIZER = Tokenizer.from_file(PATH)
TOKENIZER.no_truncation()


def plain(text):
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return TOKENIZER.encode(text, add_special_tokens=False).ids


# The special pieces around a text, read off one example.
AROUND, EXAMPLE = TOKENIZER.encode("a").ids, plain("a")
AT = next((i for i in range(len(AROUND)) if AROUND[i : i + len(EXAMPLE)] == EXAMPLE), None)
BEFORE = [] if AT is None else AROUND[:AT]
AFTER = [] if AT is None else AROUND[AT + len(EXAMPLE) :]
ROOM = max(0, MAX_LENGTH - len(BEFORE) - len(AFTER))


def tokenise(text):
    return BEFORE + plain(text)[:ROOM] + AFTER


def piece_word(word, is_first, is_after_space):
    """The pieces of one word of a text, without what is put around texts."""
    return plain(" " + word if is_after_space and not is_first else word)
