"""Answers texts with this student, without Stillroom. Needs: pip install onnxruntime numpy

  python3 run/predict.py "a text" "another"      or one text a line on standard input
Prints {output, confidence, route} for each, one line of JSON. What it reads of a text needs the standard library only.
"""

import json
import os
import sys

RUN = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(RUN, "..")
sys.path.insert(0, RUN)


def read_json(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)


def create_student():
    import numpy
    import onnxruntime

    about = read_json("student.json")
    session = onnxruntime.InferenceSession(os.path.join(FOLDER, about["model"]), providers=["CPUExecutionProvider"])
    router = read_json("router.json") if os.path.exists(os.path.join(FOLDER, "router.json")) else None

    # Most students read n-grams, those with an encoder tokens; a folder has the programs for what its student reads.
    featurise = tokenise = None
    if os.path.exists(os.path.join(FOLDER, "features.json")):
        from ngrams import featurise
    if os.path.exists(os.path.join(FOLDER, "tokenizer.json")):
        from tokenise import tokenise

    def answer(text, context=None):
        feeds, unseen_share = {}, 0.0
        if featurise:
            indices, values, unseen_share = featurise(text, context)
            feeds["indices"] = numpy.array([indices or [0]], dtype=numpy.int64)
            feeds["values"] = numpy.array([values or [0.0]], dtype=numpy.float32)
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
    try:
        answer_text = create_student()
    except ImportError as problem:
        sys.exit(f"{problem}. This program needs: pip install onnxruntime numpy")
    for line in texts:
        print(json.dumps(answer_text(line), ensure_ascii=False))
