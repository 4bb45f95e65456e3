"""Writes a draft for each text with this student, without Stillroom.

Needs: pip install onnxruntime numpy tokenizers
  python3 run/predict.py "a text" "another"      or one text a line on standard input
Prints {output, isWhole, unproven, route} for each, one line of JSON: "output" is a draft for a person, "isWhole" is
false when it was cut off, "unproven" names words with a digit, an @ or an address that the text does not give.
"""

import json
import os
import re
import sys

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")


def path_of(name):
    return os.path.join(FOLDER, name)


def part_marks(text, marks):
    """A mark of the model that stands in a text is parted by a space, so that no text can end its own message."""
    for mark in marks:
        text = text.replace(mark, mark[0] + " " + mark[1:])
    return text


def list_unproven(text, draft, known):
    """Words that state something which neither the text nor the house gives: to be looked at first."""
    words = [re.sub(r"^[(\"'\[]+|[)\"'\].,;:!?]+$", "", word) for word in draft.split()]
    return [w for w in words if re.search(r"[0-9@]|://", w) and w not in text and w not in known]


def create_student():
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    with open(path_of("writer.json"), encoding="utf-8") as file:
        settings = json.load(file)
    cache, inputs = settings["cache"], settings["tokenInputs"]
    tokenizer = Tokenizer.from_file(path_of("tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    session = onnxruntime.InferenceSession(path_of("model.onnx"), providers=["CPUExecutionProvider"])
    names = ["logits"] + cache["outputs"]
    kind = np.int32 if inputs["type"] == "int32" else np.int64

    def read(ids, past, kept):
        """Reads tokens after those that are kept; the scores of the next one, and what is kept then."""
        every = {
            "input_ids": np.array([ids], kind),
            "attention_mask": np.ones((1, past + len(ids)), kind),
            "position_ids": np.arange(past, past + len(ids), dtype=kind)[None],
            "num_logits_to_keep": np.array(0, kind),
        }
        feeds = {**{name: every[name] for name in inputs["names"]}, **kept}
        logits, *keep = session.run(names, feeds)
        return logits[0, -1], dict(zip(cache["inputs"], keep))

    def answer(text, context=None):
        """The likeliest token again and again."""
        given = (context + "\n\n" + text if context else text).strip()
        own = tokenizer.encode(part_marks(given, settings["marks"]), add_special_tokens=False).ids
        ids = settings["before"] + own + settings["after"]
        most = min(settings["mostTokens"], settings["maxLength"] - len(ids))
        nothing = np.zeros((1, cache["heads"], 0, cache["width"]), np.float32)
        kept = {name: nothing for name in cache["inputs"]}
        past, said, whole = 0, [], False
        while len(said) < most and not whole:
            scores, kept = read(ids, past, kept)
            past += len(ids)
            best = int(scores.argmax())
            whole = best in settings["stopIds"]
            if not whole:
                said.append(best)
            ids = [best]
        output = tokenizer.decode(said, skip_special_tokens=True).strip()
        unproven = list_unproven(given, output, settings["house"]["words"])
        return {"output": output, "isWhole": whole, "unproven": unproven, "route": "person"}

    return answer


if __name__ == "__main__":
    texts = sys.argv[1:] or [line for line in sys.stdin.read().split("\n") if line]
    try:
        answer_text = create_student()
    except ImportError as problem:
        sys.exit(f"{problem}. This program needs: pip install onnxruntime numpy tokenizers")
    for line in texts:
        print(json.dumps(answer_text(line), ensure_ascii=False))
