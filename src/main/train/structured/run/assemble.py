"""From what was read in a text to an output that fits its schema, and how sure it is."""

import math

from form import FormFiller
from normalise import create_normaliser
from tables import create_tables


def clamp(p):
    return min(1 - 1e-6, max(1e-6, p))


def log_odds(p):
    return math.log(clamp(p) / (1 - clamp(p)))


def to_evidence(parse):
    """What the confidence of the whole output is computed from."""
    of_choices = math.prod(choice["probability"] for choice in parse["choices"])
    parts = [part["probability"] for part in parse["spans"] + parse["choices"]]
    frame, path = parse["frameProbability"], parse["pathProbability"]
    return {
        "product": log_odds(frame * path * of_choices),
        "weakest": log_odds(min(frame, path, *parts)),
        "frame": math.log(clamp(frame)),
        "path": math.log(clamp(path)),
        "choices": math.log(clamp(of_choices)),
        "unseen": parse["unseenShare"],
        "values": len(parse["spans"]) + sum(1 for choice in parse["choices"] if choice["chosen"]),
    }


def cut_text(text, start, end):
    """Offsets count UTF-16 units."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def keep_surest(readings, slots):
    """A slot that holds one value takes the surest, the first of equally sure ones."""
    surest = {}
    for i, (slot, _, probability) in enumerate(readings):
        if slot not in surest or probability > readings[surest[slot]][2]:
            surest[slot] = i
    return [own for i, own in enumerate(readings) if slots[own[0]]["isList"] or surest[own[0]] == i]


def create_assembler(decoder, unseen_weight, tables=None):
    """Makes parses into outputs: {output, confidence, missing, outlierScore}. tables names a CSV file for each table
    that fills a field."""
    slots, plans = decoder["form"]["slots"], decoder["slots"]
    weights, intercept = decoder["confidence"]["weights"], decoder["confidence"]["intercept"]
    normalise = create_normaliser(decoder["normaliser"])
    filler = FormFiller(decoder)
    look_up = create_tables(decoder, tables or {})

    def assemble(parse, text, reference_date=None):
        holes, readings = set(), []
        for span in parse["spans"]:
            surface = cut_text(text, span["start"], span["end"])
            found = normalise(span["slot"], surface, reference_date)
            if "problem" in found or not filler.admits(span["slot"], found["value"]):
                holes.add(span["slot"])
            else:
                readings.append((span["slot"], found["value"], span["probability"]))
        for choice in parse["choices"]:
            for index in choice["chosen"]:
                value = plans[choice["slot"]]["choices"][index]
                readings.append((choice["slot"], value, choice["probability"]))
        readings = keep_surest(readings, slots)
        readings += look_up(parse["frame"], readings, holes, filler.admits)
        output, missing = filler.fill(parse["frame"], readings, holes)
        score = intercept + sum(weights.get(name, 0) * value for name, value in to_evidence(parse).items())
        return {
            "output": output,
            "confidence": 0 if holes or missing else 1 / (1 + math.exp(-score)),
            "missing": [slots[slot]["name"] for slot in missing],
            "outlierScore": unseen_weight * parse["unseenShare"] - parse["frameProbability"],
        }

    return assemble
