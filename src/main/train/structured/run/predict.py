"""Answers texts with this student, without Stillroom. Needs: pip install onnxruntime numpy

  python3 run/predict.py "a text" "another"      or one text a line on standard input
Prints {output, confidence, route} for each, one line of JSON. read.py says what stands in a text, normalise.py what it
means; here it is put together. All but running the model needs the standard library only.
"""

import json
import math
import os
import sys

RUN = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(RUN, "..")
sys.path.insert(0, RUN)
from normalise import create_normaliser  # noqa: E402


def read_json(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)


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


def create_assembler(decoder, unseen_weight):
    """Makes parses into outputs: {output, confidence, outlierScore}."""
    form, plans, empty = decoder["form"], decoder["slots"], decoder["empty"]
    weights, intercept = decoder["confidence"]["weights"], decoder["confidence"]["intercept"]
    normalise = create_normaliser(decoder["normaliser"])

    def assemble(parse, text, reference_date=None):
        has_hole = False
        readings = []
        for span in parse["spans"]:
            surface = cut_text(text, span["start"], span["end"])
            found = normalise(span["slot"], surface, reference_date)
            if "problem" in found:
                has_hole = True
            else:
                readings.append((span["slot"], found["value"], span["probability"]))
        for choice in parse["choices"]:
            for index in choice["chosen"]:
                value = plans[choice["slot"]]["choices"][index]
                readings.append((choice["slot"], value, choice["probability"]))
        readings = keep_surest(readings, form["slots"])

        frame = form["frames"][parse["frame"]] if parse["frame"] < len(form["frames"]) else None
        given, filled = {}, {}
        for slot, value, _ in readings:
            if value is not None:
                given.setdefault(slot, []).append(value)
        for slot in frame["slots"] if frame else []:
            about = form["slots"][slot]
            if slot in given:
                value = given[slot] if about["isList"] else given[slot][0]
            elif empty[slot] == "omit":
                continue
            else:
                value = [] if empty[slot] == "list" else None
            inner = filled
            for name in about["path"][:-1]:
                inner = inner.setdefault(name, {})
            inner[about["path"][-1]] = value
        is_whole = all(
            form["slots"][slot]["isNullable"] or slot in given for slot in (frame["required"] if frame else [])
        )
        score = intercept + sum(weights.get(name, 0) * value for name, value in to_evidence(parse).items())
        call = {"name": frame["name"], "arguments": filled} if frame and form["hasNone"] else filled
        return {
            "output": call if frame else None,
            "confidence": 1 / (1 + math.exp(-score)) if is_whole and not has_hole else 0,
            "outlierScore": unseen_weight * parse["unseenShare"] - parse["frameProbability"],
        }

    return assemble


def decide_route(router, answer):
    """Who may give the answer."""
    if router is None:
        return "unrouted"
    name = answer["output"].get("name") if answer["output"] else None
    may_answer = (
        router["threshold"] is not None
        and answer["confidence"] >= router["threshold"]
        and name not in router["abstainLabels"]
        and (router["maxOutlierScore"] is None or answer["outlierScore"] <= router["maxOutlierScore"])
    )
    return "student" if may_answer else router["fallback"]


def create_student():
    from read import create_reader

    decoder = read_json("decoder.json")
    router = read_json("router.json") if os.path.exists(os.path.join(FOLDER, "router.json")) else None
    read = create_reader(FOLDER, decoder)
    assemble = create_assembler(decoder, read_json("student.json")["outlier"]["unseenWeight"])

    def answer(text, context=None, reference_date=None):
        whole = assemble(read(text, context), text, reference_date)
        route = decide_route(router, whole)
        return {"output": whole["output"], "confidence": whole["confidence"], "route": route}

    return answer


if __name__ == "__main__":
    texts = sys.argv[1:] or [line for line in sys.stdin.read().split("\n") if line]
    answer_text = create_student()
    for line in texts:
        print(json.dumps(answer_text(line), ensure_ascii=False))
