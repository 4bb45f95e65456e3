"""Tables that fill fields: a value is looked up by what was read, folded."""

import csv
import io
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


def read_pairs(path, key_column, value_column):
    """The pairs of two columns. The separator is the one that finds both names in the header."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    for separator in ",;\t":
        rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator)
        if {key_column, value_column} <= set(rows.fieldnames or []):
            return [((row[key_column] or "").strip(), (row[value_column] or "").strip()) for row in rows]
    raise ValueError(f'{path} needs the columns "{key_column}" and "{value_column}".')


def check_tables(decoder, files):
    """Refuses the name of a table that fills no field."""
    names = [plan["table"] for plan in decoder["slots"] if plan["mode"] == "lookup"]
    wrong = next((name for name in files if name not in names), None)
    if wrong is not None:
        raise ValueError(f'"{wrong}" names no table of this student; its tables: {", ".join(names) or "none"}.')


def tell_unfilled(decoder, files):
    """The fields whose table was not given, each as a sentence."""
    names = [slot["name"] for slot in decoder["form"]["slots"]]
    return [
        f"{names[slot]}: filled from table {plan['table']} by {names[plan['by']]}, which was not given."
        for slot, plan in enumerate(decoder["slots"])
        if plan["mode"] == "lookup" and plan["table"] not in files
    ]


def create_tables(decoder, files):
    """files: for each table's name a CSV file. Gives look_up(frame, readings, holes, admits)."""
    form, plans = decoder["form"], decoder["slots"]
    fold = create_fold(decoder["normaliser"]["tables"]["fold"])
    tables = {}
    for plan in plans:
        if plan["mode"] != "lookup" or plan["table"] not in files:
            continue
        found = {}
        for key, value in read_pairs(files[plan["table"]], plan["keyColumn"], plan["valueColumn"]):
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
