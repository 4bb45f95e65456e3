"""Fills in a form so that the output fits its schema, whatever was read."""

import re
from fractions import Fraction
from math import isfinite


def to_python(pattern):
    """A regular expression of JavaScript: its $ is the very end, its names of groups have no P."""
    parts, in_class, at = [], False, 0
    while at < len(pattern):
        taken, given = pattern[at], pattern[at]
        if taken == "\\":
            taken = given = pattern[at : at + 2]
        elif taken in "[]":
            in_class = taken == "["
        elif taken == "$" and not in_class:
            given = "\\Z"
        elif pattern.startswith("(?<", at) and pattern[at + 3 : at + 4] not in ("=", "!"):
            taken, given = "(?<", "(?P<"
        parts.append(given)
        at += len(taken)
    return "".join(parts)


def is_match(pattern, value):
    """What this language cannot read matches nothing: a value is then missing rather than wrong."""
    try:
        return re.search(to_python(pattern), value, re.ASCII) is not None
    except re.error:
        return False


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_multiple_of(value, unit):
    """Of decimals as they are written: 0.3 is a multiple of 0.1, though not when divided as binary numbers."""
    return isfinite(value) and Fraction(str(value)) % Fraction(str(unit)) == 0


def admits_number(slot, value):
    limits = slot.get("limits", {})
    return (
        (slot["type"] != "integer" or float(value).is_integer())
        and value >= slot.get("minimum", value)
        and value <= slot.get("maximum", value)
        and ("above" not in limits or value > limits["above"])
        and ("below" not in limits or value < limits["below"])
        and ("multipleOf" not in limits or is_multiple_of(value, limits["multipleOf"]))
    )


def admits_text(slot, patterns, value):
    limits = slot.get("limits", {})
    return (
        limits.get("minLength", 0) <= len(value) <= limits.get("maxLength", len(value))
        and all(is_match(pattern, value) for pattern in patterns)
    )


def fewest_of(slot):
    """How many values a slot has at least where it is required: null and an empty list are answers, too."""
    if slot["isNullable"]:
        return 0
    return slot.get("limits", {}).get("minItems", 0) if slot["isList"] else 1


def is_within(path, outer):
    return path[: len(outer)] == outer


def reach(whole, path):
    """The object at a path, which is made where it is not there."""
    for name in path:
        whole = whole.setdefault(name, {})
    return whole


def pad_list(own, neutral, fewest):
    """Values that are there, and after them as many that say nothing as the schema wants."""
    is_repeated = any(value in neutral[:i] for i, value in enumerate(neutral))
    return (own + [value for value in neutral if is_repeated or value not in own])[:fewest]


def is_present(path, present):
    return not path or any(inner["path"] == path for inner in present)


class FormFiller:
    def __init__(self, decoder):
        self.form, self.slots = decoder["form"], decoder["form"]["slots"]
        self.patterns, self.empty, self.neutral = decoder["patterns"], decoder["empty"], decoder["neutral"]

    def admits(self, slot, value):
        """Whether a value is what the schema allows for a slot."""
        about = self.slots[slot]
        if about["type"] == "enum":
            return any(type(choice) is type(value) and choice == value for choice in about["choices"])
        if about["type"] == "boolean":
            return isinstance(value, bool)
        if about["type"] in ("integer", "number"):
            return is_number(value) and admits_number(about, value)
        return isinstance(value, str) and admits_text(about, self.patterns[slot], value)

    def list_present(self, frame, given, empty):
        """Objects within the output that are there: with a value in them, required, or written though empty, unless
        that would call for a value that nobody gave."""

        def is_harmless(outer):
            return all(slot in given or fewest_of(self.slots[slot]) == 0 for slot in outer["required"]) and all(
                len(inner["path"]) != len(outer["path"]) + 1
                or not is_within(inner["path"], outer["path"])
                or not inner["isRequired"]
                or inner["isNullable"]
                or is_harmless(inner)
                for inner in frame["objects"]
            )

        present = []
        for inner in frame["objects"]:
            own = [slot for slot in frame["slots"] if is_within(self.slots[slot]["path"], inner["path"])]
            is_around = is_present(inner["path"][:-1], present)
            is_written = any(empty[slot] != "omit" for slot in own) if empty else False
            if (
                any(slot in given for slot in own)
                or (is_around and inner["isRequired"] and not inner["isNullable"])
                or (is_around and is_written and is_harmless(inner))
            ):
                present.append(inner)
        return present

    def list_needed(self, frame, readings):
        present = self.list_present(frame, {reading[0] for reading in readings}, None)
        return list(dict.fromkeys(frame["required"] + [slot for inner in present for slot in inner["required"]]))

    def fit_lists(self, frame, readings, holes):
        """Lists as long and as different as they may be; what is too much or too short leaves a hole."""
        needed = self.list_needed(frame, readings)
        kept = {}
        for at, (slot, value, _) in enumerate(readings):
            limits = self.slots[slot].get("limits", {})
            own = kept.setdefault(slot, [])
            if limits.get("hasUniqueItems") and any(readings[i][1] == value for i in own):
                continue
            if len(own) < limits.get("maxItems", len(own) + 1):
                own.append(at)
            else:
                holes.add(slot)
        for slot, own in list(kept.items()):
            is_filled_up = slot in needed and not self.slots[slot]["isNullable"]
            if not is_filled_up and len(own) < self.slots[slot].get("limits", {}).get("minItems", 0):
                del kept[slot]
                holes.add(slot)
        return [readings[at] for at in sorted(at for own in kept.values() for at in own)]

    def fill(self, frame_index, given, holes):
        """The output, and the slots for which it holds a value that says nothing."""
        if frame_index >= len(self.form["frames"]):
            return None, []
        frame = self.form["frames"][frame_index]
        values = {}
        readings = self.fit_lists(frame, given, holes)
        for slot, value, _ in readings:
            values.setdefault(slot, []).append(value)
        needed = self.list_needed(frame, readings)
        present = self.list_present(frame, values, self.empty)
        written = frame["required"] + [slot for inner in present for slot in inner["required"]]
        whole = {}
        for slot in frame["slots"]:
            path = self.slots[slot]["path"]
            is_there, value = self.to_property(slot, values.get(slot, []), slot in written)
            if is_there and is_present(path[:-1], present):
                reach(whole, path[:-1])[path[-1]] = value
        for inner in frame["objects"]:
            path = inner["path"]
            if is_present(path, present):
                reach(whole, path)
            elif inner["isRequired"] and inner["isNullable"] and is_present(path[:-1], present):
                reach(whole, path[:-1])[path[-1]] = None
        short = [slot for slot in needed if len(values.get(slot, [])) < fewest_of(self.slots[slot])]
        unread = [slot for slot in needed if slot in holes and slot not in values]
        output = {"name": frame["name"], "arguments": whole} if self.form["hasNone"] else whole
        return output, list(dict.fromkeys(short + unread))

    def to_property(self, slot, own, is_needed):
        """Whether the slot stands in the output, and what it holds there."""
        about = self.slots[slot]
        fewest = fewest_of(about) if is_needed else 0
        if len(own) < fewest:
            neutral = self.neutral[slot]
            return True, pad_list(own, neutral, fewest) if about["isList"] else neutral
        if own:
            return True, own if about["isList"] else own[0]
        if self.empty[slot] == "list":
            return True, []
        if self.empty[slot] == "null":
            return True, None
        return is_needed, None if about["isNullable"] else []
