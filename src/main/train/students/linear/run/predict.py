"""Answers texts with this student, without Stillroom. Needs: pip install onnxruntime numpy

  python3 run/predict.py "a text" "another"      or one text a line on standard input
Prints {output, confidence, route} for each, one line of JSON. The features need the standard library only.
"""

import base64
import json
import math
import os
import struct
import sys
from functools import reduce
from unicodedata import normalize

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def read_json(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)


RULES = read_json("features.json")
COUNT = RULES["count"]
WEIGHTS = struct.unpack(f"<{COUNT}f", base64.b64decode(RULES["weights"]))
HASHES = struct.unpack(f"<{COUNT}I", base64.b64decode(RULES["hashes"]))
INDEX_OF = {known: index for index, known in enumerate(HASHES)}


def is_in(ranges, point):
    return any(first <= point <= last for first, last in ranges)


def step(running, point):
    return ((running ^ point) * 0x01000193) & 0xFFFFFFFF


def words_of(text):
    """Words of a text, each a list of code points."""
    words = [[]]
    # Half surrogate pairs that belong together are put together; lone ones become U+FFFD.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    for character in text:
        if is_in(RULES["dropped"], ord(character)):
            continue
        if is_in(RULES["folded"], ord(character)):
            character = normalize("NFKD", normalize("NFKD", character).lower())
        for part in character:
            if is_in(RULES["separators"], ord(part)):
                words.append([])
            else:
                words[-1].append(ord(part))
    return [word for word in words if word]


def hashes_of(text, salt):
    """Hashes of words, pairs of words (next to each other, one apart), and 2 to 5 characters within " word "."""
    words = words_of(text)
    found = []

    def emit(value, last_bit):
        found.append(((value ^ salt) & 0xFFFFFFFE) | last_bit)

    own = [reduce(step, word, 0x2F0B4C47) for word in words]
    for i, value in enumerate(own):
        emit(value, 1)
        if i > 0:
            emit(step(step(own[i - 1], 0x20), value), 1)
        if i > 1:
            emit(step(step(own[i - 2], 0x5F), value), 1)
    points = [0x20] + [point for word in words for point in word + [0x20]]
    for start in range(len(points) - 1):
        value = step(0x811C9DC5, points[start])
        for i in range(start + 1, min(start + 5, len(points))):
            value = step(value, points[i])
            emit(value, 0)
            if points[i] == 0x20:
                break
    return found


def featurise(text, context=None):
    """Known n-grams with (1 + ln count) * weight, divided by the vector's length; and the share of unknown ones."""
    hashes = hashes_of(text, 0) + (hashes_of(context, 0x9E3779B9) if context else [])
    counts = {}
    for value in hashes:
        index = INDEX_OF.get(value)
        if index is not None:
            counts[index] = counts.get(index, 0) + 1
    products = [(1 + math.log(count)) * WEIGHTS[index] for index, count in counts.items()]
    length = math.sqrt(sum(value * value for value in products))
    unseen = len(hashes) - sum(counts.values())
    return list(counts), [value / length for value in products], unseen / len(hashes) if hashes else 1.0


def create_student():
    import numpy
    import onnxruntime

    session = onnxruntime.InferenceSession(os.path.join(FOLDER, "model.onnx"), providers=["CPUExecutionProvider"])
    about = read_json("student.json")
    router = read_json("router.json") if os.path.exists(os.path.join(FOLDER, "router.json")) else None

    tokenise = None
    if os.path.exists(os.path.join(FOLDER, "tokenizer.json")):
        # A student with an encoder reads tokens, too; its folder has the program that makes them.
        sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
        from tokenise import tokenise

    def answer(text, context=None):
        indices, values, unseen_share = featurise(text, context)
        feeds = {
            "indices": numpy.array([indices or [0]], dtype=numpy.int64),
            "values": numpy.array([values or [0.0]], dtype=numpy.float32),
        }
        if tokenise:
            tokens = tokenise(f"{text} {context}" if context else text)
            feeds["input_ids"] = numpy.array([tokens or [0]], dtype=numpy.int64)
            feeds["attention_mask"] = numpy.array([[1] * len(tokens) or [0]], dtype=numpy.int64)
        scores, probabilities = session.run(["scores", "probabilities"], feeds)
        best = int(probabilities[0].argmax())
        output, confidence = about["classes"][best], float(probabilities[0][best])
        outlier_score = about["outlier"]["unseenWeight"] * unseen_share - float(scores[0].max())
        may_answer = (
            router is not None
            and router["threshold"] is not None
            and confidence >= router["threshold"]
            and output not in router["abstainLabels"]
            and (router["maxOutlierScore"] is None or outlier_score <= router["maxOutlierScore"])
        )
        route = "unrouted" if router is None else "student" if may_answer else router["fallback"]
        return {"output": output, "confidence": confidence, "route": route}

    return answer


if __name__ == "__main__":
    texts = sys.argv[1:] or [line for line in sys.stdin.read().split("\n") if line]
    answer_text = create_student()
    for line in texts:
        print(json.dumps(answer_text(line), ensure_ascii=False))
