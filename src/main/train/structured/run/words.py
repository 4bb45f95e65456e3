"""Cuts texts into the words that are tagged, and folds them. Rules: the ranges of word-features.json."""

from functools import reduce
from unicodedata import normalize

NAMES = ("spaces", "marks", "digits", "signs", "singles")


def is_in(ranges, point):
    return any(first <= point <= last for first, last in ranges)


def step(running, point):
    return ((running ^ (point & 0xFFFFFFFF)) * 0x01000193) & 0xFFFFFFFF


def decompose(text):
    return normalize("NFKD", text)


def create_word_reader(rules):
    kinds, folded, dropped, separators = (rules[name] for name in ("kinds", "folded", "dropped", "separators"))

    def kind_of(point):
        return next((name for name in NAMES if is_in(kinds[name], point)), "letters")

    def fold(character):
        point = ord(character)
        if is_in(dropped, point):
            return []
        if 0xD800 <= point <= 0xDFFF:
            return [0xFFFD]
        text = decompose(decompose(character).lower()) if is_in(folded, point) else character
        return [ord(part) for part in text if not is_in(separators, ord(part))]

    def is_capital(character):
        if not is_in(folded, ord(character)):
            return False
        first = decompose(character)[0]
        return decompose(first.lower())[0] != first

    def shape_of(kind, letters):
        if kind in ("signs", "singles"):
            return 5 if kind == "signs" else 6
        if kind == "digits":
            return 7 + min(len(letters), 5)
        capitals = sum(map(is_capital, letters))
        if capitals == 0:
            return 0
        if capitals == len(letters):
            return 4 if len(letters) == 1 else 2
        return 1 if capitals == 1 and is_capital(letters[0]) else 3

    def read_words(text):
        """start and end count UTF-16 units; points are folded; hash is of the points."""
        # Half surrogate pairs that belong together are put together; lone ones stay.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        words = []
        last, at = "spaces", 0
        for character in text:
            kind = kind_of(ord(character))
            if kind == "marks" and last == "spaces":
                kind = "letters"
            goes_on = kind == "marks" or (kind == last and kind in ("letters", "digits"))
            if kind != "spaces" and not goes_on:
                words.append({"start": at, "kind": kind, "letters": []})
            at += 2 if ord(character) > 0xFFFF else 1
            if kind != "spaces":
                words[-1]["letters"].append(character)
                words[-1]["end"] = at
            if kind != "marks":
                last = kind
        for word in words:
            kind, letters = word.pop("kind"), word.pop("letters")
            is_sign = kind == "signs"
            points = [ord(one) for one in letters] if is_sign else [p for one in letters for p in fold(one)]
            word["isSign"], word["points"] = is_sign, points
            word["hash"], word["shape"] = reduce(step, points, 0x3C6EF372), shape_of(kind, letters)
        return words

    return read_words
