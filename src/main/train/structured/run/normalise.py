"""Turns surfaces of a text into values as the teacher writes them, without Stillroom. The spec carries all tables.

  create_normaliser(spec)(slot, surface, reference_date)  gives {"value": ...} or {"problem": ...}
Needs the standard library only.
"""

import math
import re
from calendar import monthrange
from datetime import date as Date
from datetime import timedelta

from surface import create_fold, create_read, shown, tidy, whole

UNREADABLE = {"problem": "unreadable"}
NEEDS_REFERENCE_DATE = {"problem": "needs-reference-date"}


# Days are (year, month, day), the year None where nothing tells it.


def is_day(year, month, day):
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def add_days(reference, count):
    later = Date(*reference) + timedelta(days=count)
    return later.year, later.month, later.day


def add_months(reference, count):
    index = reference[0] * 12 + reference[1] - 1 + count
    year, month = index // 12, index % 12 + 1
    if not 1 <= year <= 9999:
        raise OverflowError
    return year, month, min(reference[2], monthrange(year, month)[1])


def parse_day(text):
    found = re.match(r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})", text or "")
    parts = found and tuple(map(int, found.groups()))
    return parts if parts and is_day(*parts) else None


def to_year(text):
    digits = re.sub("[' ]", "", text)
    year = int(digits)
    return year if len(digits) > 2 else year + (2000 if year < 70 else 1900)


def fixed_day(parts, tables, order):
    """A month and a day that are named, with the year if that is, too."""
    year = to_year(parts["y"]) if "y" in parts else None
    if "f" in parts:
        return (year, *tables["feasts"][parts["f"]])
    if "m" in parts:
        month = tables["months"].get(parts["m"])
        return year, int(parts["m"]) if month is None else month, int(parts["d"])
    if "a" not in parts:
        return None
    a, b = int(parts["a"]), int(parts["b"])
    return (year, a, b) if b > 12 or (order == "month-first" and a <= 12) else (year, b, a)


def close_year(year, month, day, missing, reference):
    if not is_day(2000 if year is None else year, month, day):
        return "unreadable"
    if year is not None or reference is None:
        return year, month, day
    order = 100 * (month - reference[1]) + day - reference[2]
    step = 1 if missing == "coming" and order < 0 else -1 if missing == "past" and order > 0 else 0
    year = reference[0] + step
    return (year, month, day) if is_day(year, month, day) else "unreadable"


def days_until(parts, weekday, today, conventions):
    which, week, start = parts.get("q"), parts.get("wk"), conventions["weekStart"]
    last = ("last", "past", "this past")
    coming = (weekday - today - 1) % 7 + 1
    within = (weekday - start) % 7 - (today - start) % 7
    if week is not None:
        return within + (-7 if week in last else 0 if week == "this" else 7)
    if which in last:
        return -((today - weekday - 1) % 7 + 1)
    if which == "next" and conventions["next"] != "coming":
        return coming + 7 if conventions["next"] == "skip" else within + 7
    if which in ("next", "following"):
        return coming
    if "late" in parts:
        return coming + 7
    return 0 if coming == 7 and conventions["isToday"] else coming


def resolve_date(parts, tables, conventions, reference):
    """A day, or the problem."""
    missing = conventions["missing"]
    fixed = fixed_day(parts, tables, conventions["order"])
    if fixed:
        return close_year(*fixed, missing, reference)
    if reference is None:
        return "needs-reference-date"
    if "r" in parts:
        return add_days(reference, tables["relativeDays"][parts["r"]])
    if "u" in parts:
        count = (int(parts["n"]) if parts["n"][0] in "0123456789" else 1) * (-1 if "back" in parts else 1)
        if parts["u"] in ("month", "year"):
            return add_months(reference, count * (12 if parts["u"] == "year" else 1))
        return add_days(reference, count * {"day": 1, "week": 7, "fortnight": 14}[parts["u"]])
    if "w" in parts:
        today = Date(*reference).isoweekday() % 7
        return add_days(reference, days_until(parts, tables["weekdays"][parts["w"]], today, conventions))
    day = int(parts["d"])
    is_coming = "nm" in parts or (missing == "coming" and day < reference[2])
    step = 1 if is_coming else -1 if missing == "past" and day > reference[2] else 0
    year, month, _ = add_months((reference[0], reference[1], 1), step)
    return (year, month, day) if is_day(year, month, day) else "unreadable"


def resolve_time(parts, tables, afternoon_below):
    """(hour, minute, second), or None."""
    if "name" in parts:
        return tables["hours"][parts["name"]], 0, 0
    hour, minute, second = int(parts["h"]), int(parts.get("min", 0)), int(parts.get("s", 0))
    if hour > 24 or minute > 59 or second > 59:
        return None
    if parts.get("dir", "past") not in ("past", "after") and minute > 0:
        minute = 60 - minute
        hour = 12 if hour == 1 else (hour + 23) % 24
    half = tables["dayParts"].get(parts.get("ap") or parts.get("part"))
    is_half_known = half is not None or parts["h"].startswith("0") or hour > 12 or hour == 0
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "night" and 5 <= hour < 12:
        hour += 12
    elif half in ("am", "night") and hour == 12:
        hour = 0
    elif not is_half_known and hour < afternoon_below:
        hour += 12
    return hour % 24, minute, second


def convert(number, unit, other, tables):
    if unit == other:
        return number
    measures, size = tables["unitSizes"][unit]
    measures_too, size_too = tables["unitSizes"][other]
    return tidy(number * size / size_too) if measures == measures_too else None


def resolve_number(parts, tables):
    """(number, unit), or None."""
    unit = tables["units"].get(parts.get("cur") or parts.get("unit"))
    number = tidy(float(parts["n"]) * (tables["magnitudes"][parts["mag"]] if "mag" in parts else 1))
    if "n2" not in parts:
        return (-number if "neg" in parts else number), unit
    rest = convert(whole(float(parts["n2"])), tables["units"][parts["unit2"]], unit, tables)
    return None if rest is None else (tidy(number + rest), unit)


def fill(template, parts):
    return re.sub(r"\{([A-Za-z.]+)\}", lambda found: parts.get(found[1], found[0]), template)


def date_parts(year, month, day, tables):
    suffix = "th" if 11 <= day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    parts = {"MM": f"{month:02}", "M": str(month), "DD": f"{day:02}", "D": str(day), "Do": f"{day}{suffix}"}
    names = {"MMMM": tables["monthNames"][month - 1]}
    if year is not None:
        parts.update(YYYY=f"{year:04}", YY=f"{year % 100:02}")
        names["dddd"] = tables["weekdayNames"][Date(year, month, day).isoweekday() % 7]
    for key, name in names.items():
        for k, form in ((key, name), (key[1:], name[:3])):
            parts.update({k: form, f"{k}.lower": form.lower(), f"{k}.upper": form.upper()})
    return parts


def time_parts(hour, minute, second):
    hour12, half = (hour % 12 or 12), "a" if hour < 12 else "p"
    parts = {"HH": f"{hour:02}", "H": str(hour), "hh": f"{hour12:02}", "h": str(hour12)}
    parts.update({"mm": f"{minute:02}", "ss": f"{second:02}", "A": f"{half.upper()}M", "a": f"{half}m", "aa": f"{half}.m."})
    return parts


def write_number(number, decimals):
    if decimals is None:
        return shown(number)
    scaled = str(math.floor(number * 10**decimals + 0.5)).zfill(decimals + 1)
    return scaled if decimals == 0 else f"{scaled[:-decimals]}.{scaled[-decimals:]}"


def write_quantity(number, unit, form):
    digits, point, fraction = write_number(abs(number), form.get("decimals")).partition(".")
    if form.get("isGrouped"):
        digits = f"{int(digits):,}"
    one, many = form.get("unitNames", {}).get(unit or form.get("unit"), ("", ""))
    written = fill(form["template"], {"n": digits + point + fraction, "unit": one if number == 1 else many})
    return f"-{written}" if number < 0 else written


def write_text(text, letter_case):
    if letter_case == "lower":
        return text.lower()
    if letter_case == "upper":
        return text.upper()
    if letter_case == "as-written":
        return text
    rest = text.lower() if letter_case == "title" else text
    return re.sub(r"(^|[ \t\n])([^ \t\n])", lambda found: found[1] + found[2].upper(), rest)


def create_normaliser(spec):
    tables, slots = spec["tables"], spec["slots"]
    fold = create_fold(tables["fold"])
    read = create_read(tables, fold)

    def date(form, surface, reference):
        parts = read("date", surface)
        if parts is None:
            return UNREADABLE
        try:
            day = resolve_date(parts, tables, form["conventions"], reference)
        except (OverflowError, ValueError):
            return UNREADABLE
        if isinstance(day, str):
            return {"problem": day}
        if day[0] is None and re.search(r"\{(?:YY|dd)", form["template"]):
            return NEEDS_REFERENCE_DATE
        if day[0] is not None and not 1000 <= day[0] <= 9999:
            return UNREADABLE
        return {"value": fill(form["template"], date_parts(*day, tables))}

    def time(form, surface, _reference=None):
        parts = read("time", surface)
        found = resolve_time(parts, tables, form["conventions"]["afternoonBelow"]) if parts is not None else None
        if found is None:
            return UNREADABLE
        is_whole = found[1] == 0 and found[2] == 0
        template = form.get("wholeHourTemplate", form["template"]) if is_whole else form["template"]
        return {"value": fill(template, time_parts(*found))}

    def date_time(form, surface, reference):
        """The words are parted into a day and a time, in either order; a time alone is of the reference date."""
        words = re.sub("(?<=[0-9]{2})t(?=[0-9]{2}:)", " ", fold(surface)).split(" ")
        if len(words) > 16:
            return UNREADABLE
        conventions = form["conventions"]
        for at in range(len(words) + 1):
            left, right = " ".join(words[:at]), " ".join(words[at:])
            for day, hour in ((left, right), (right, left)):
                written = time({"template": form["template"], "conventions": conventions}, hour)
                if "problem" in written:
                    continue
                both = date({"template": written["value"], "conventions": conventions}, day or "today", reference)
                if both != UNREADABLE:
                    return both
        return UNREADABLE

    def number(form, surface, _reference):
        parts = read("number", surface)
        found = resolve_number(parts, tables) if parts is not None else None
        if found is None:
            return UNREADABLE
        value, unit = found
        wanted = form.get("unit")
        if wanted is not None and unit is not None and unit not in form.get("unitNames", {}):
            converted = convert(value, unit, wanted, tables)
            if converted is not None:
                value, unit = converted, wanted
            elif "unitNames" in form:
                return UNREADABLE
        if form.get("isInteger") and not isinstance(value, int):
            return UNREADABLE
        if value < form.get("minimum", value) or value > form.get("maximum", value):
            return UNREADABLE
        return {"value": write_quantity(value, unit, form) if "template" in form else value}

    readers = {"date": date, "time": time, "date-time": date_time, "number": number}

    def normalise(slot, surface, reference_date=None):
        aliases, form = slots[slot]["aliases"], slots[slot]["format"]
        key = fold(surface)
        if key in aliases:
            return {"value": aliases[key]}
        if form["kind"] == "text":
            return {"value": write_text(surface, form["letterCase"])}
        if form["kind"] == "listed":
            return UNREADABLE
        result = readers[form["kind"]](form, surface, parse_day(reference_date))
        if result == UNREADABLE and "fallback" in form:
            return {"value": write_text(surface, form["fallback"])}
        return result

    return normalise
