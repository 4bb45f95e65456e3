"""Reads the surface of a value: one spelling, number words as digits, and the parts that a rule of the spec finds."""

import math
import re
from functools import reduce
from unicodedata import normalize


def whole(number):
    """A number as an int where it is one, as JavaScript writes it."""
    return int(number) if number == int(number) else number


def tidy(number):
    """Without the noise of binary fractions: to six places, large numbers to none."""
    return whole(math.floor(number * 1e6 + 0.5) / 1e6 if abs(number) < 1e9 else math.floor(number + 0.5))


def shown(number):
    """Digits without an exponent."""
    return str(number) if isinstance(number, int) else f"{number:.6f}".rstrip("0")


def utf16_length(text):
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def create_fold(tables):
    """Case, diacritics, quotes, dashes and white space made alike."""
    replaced = tables["replaced"]

    def is_dropped(point):
        return any(first <= point <= last for first, last in tables["dropped"])

    def fold_character(character):
        if character in replaced:
            return replaced[character]
        parts = normalize("NFKD", normalize("NFKD", character).lower())
        return "".join(replaced.get(part, part) for part in parts if not is_dropped(ord(part)))

    return lambda text: re.sub("^ | $", "", re.sub(" +", " ", "".join(map(fold_character, text))))


def number_words(text, tables):
    """ "twenty third of march" becomes "23th of march"; what does not add up stays apart."""
    numbers, multipliers, ordinals = tables["numbers"], tables["multipliers"], tables["ordinals"]
    written = []
    words = text.split(" ")
    total, group, room = 0, None, 0

    def flush(suffix=""):
        nonlocal total, group, room
        if group is not None:
            written.append(shown(tidy(total + group)) + suffix)
        total, group, room = 0, None, 0

    for i, word in enumerate(words):
        cardinal = ordinals.get(word, word)
        following = words[i + 1] if i + 1 < len(words) else ""
        if cardinal in numbers:
            value, room_after = numbers[cardinal]
            if group is not None and 0 < value < room:
                group += value
            else:
                flush()
                group = value
            room = room_after
        elif cardinal in multipliers:
            if group is None and written and written[-1] in ("a", "an"):
                written.pop()
                group = 1
            if not group or group >= 1e9:
                flush()
                written.append(word)
                continue
            room = multipliers[cardinal]
            if room < 1000:
                group *= room
            else:
                total, group = total + group * room, 0
        elif word == "and" and room >= 100 and ordinals.get(following, following) in numbers:
            continue
        else:
            flush()
            if re.fullmatch(r"[0-9]{1,9}(?:\.[0-9]{1,4})?", word) and following in multipliers:
                group = whole(float(word))
            else:
                written.append(word)
            continue
        if word in ordinals:
            flush("th")
    flush()
    return " ".join(written)


def compiled(pattern):
    return re.compile(re.sub(r"\(\?<(?![=!])", "(?P<", pattern), re.ASCII)


def create_read(tables, fold):
    """Gives the parts of a surface, by the names of the groups of the first rule that fits the whole of it."""

    def replacements(rows):
        return [(compiled(pattern), re.sub(r"\$([0-9])", r"\\g<\1>", by)) for pattern, by in rows]

    def apply(text, rows):
        return reduce(lambda rest, row: row[0].sub(row[1], rest), rows, text)

    clean, finish = replacements(tables["clean"]), replacements(tables["finish"])
    rules = {
        kind: [(compiled(rule["pattern"]), rule.get("set", {})) for rule in rows]
        for kind, rows in tables["rules"].items()
    }

    def read(kind, surface):
        if utf16_length(surface) > 80:
            return None
        prepared = apply(number_words(apply(fold(surface), clean), tables), finish)
        for pattern, given in rules[kind]:
            found = pattern.fullmatch(prepared)
            if found:
                return {**given, **{key: part for key, part in found.groupdict().items() if part is not None}}
        return None

    return read
