"""Tables that fill fields: a value is looked up by what was read, folded."""

import csv
import re

from surface import create_fold

NUMBER = re.compile(r"^[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?\Z")


def to_text(value):
    """As JavaScript writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def parse(slot, text):
    if slot["type"] == "enum":
        return next((choice for choice in slot["choices"] if to_text(choice) == text), None)
    if slot["type"] == "boolean":
        return {"true": True, "false": False}.get(text)
    if slot["type"] in ("integer", "number"):
        number = float(text) if NUMBER.match(text) else None
        return int(number) if number is not None and number.is_integer() else number
    return text


def create_tables(decoder, files):
    """files: for each table's name a CSV file. Gives look_up(frame, readings, holes, admits)."""
    form, plans = decoder["form"], decoder["slots"]
    fold = create_fold(decoder["normaliser"]["tables"]["fold"])
    tables = {}
    for plan in plans:
        if plan["mode"] != "lookup" or plan["table"] not in files:
            continue
        found = {}
        with open(files[plan["table"]], encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                key = (row[plan["keyColumn"]] or "").strip()
                value = (row[plan["valueColumn"]] or "").strip()
                if key and value:
                    found.setdefault(fold(key), set()).add(value)
        tables[plan["table"]] = found

    def look_up(frame, readings, holes, admits):
        """What tables say of a frame's slots, each as sure as its key."""
        filled = []
        for slot in form["frames"][frame]["slots"] if frame < len(form["frames"]) else []:
            plan = plans[slot]
            if plan["mode"] != "lookup":
                continue
            key = next((reading for reading in readings if reading[0] == plan["by"]), None)
            if key is None:
                continue
            found = tables.get(plan["table"], {}).get(fold(to_text(key[1])), set())
            value = parse(form["slots"][slot], next(iter(found))) if len(found) == 1 else None
            if value is not None and admits(slot, value):
                filled.append((slot, value, key[2]))
            else:
                holes.add(slot)
        return filled

    return look_up
