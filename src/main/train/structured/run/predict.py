"""Answers texts with this student, without Stillroom. Needs: pip install onnxruntime numpy

  python3 run/predict.py "a text" "another"      or one text a line on standard input
  --table NAME=FILE.csv for each table that fills a field; its facts are not in this folder
Prints {output, confidence, missing, route} for each, one line of JSON; "missing" names the fields that the text does
not give, for which the output holds a value that says nothing. read.py says what stands in a text, assemble.py puts it
together. All but running the model needs the standard library only.
"""

import argparse
import json
import os
import sys

RUN = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(RUN, "..")
sys.path.insert(0, RUN)
from assemble import create_assembler  # noqa: E402
from reply import say_reply  # noqa: E402
from tables import check_tables, tell_unfilled  # noqa: E402


def read_json(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return json.load(file)


def decide_route(router, answer):
    """Who may give the answer."""
    if router is None:
        return "unrouted"
    output = answer["output"]
    name = answer.get("replyType") or (output.get("name") if isinstance(output, dict) else None)
    may_answer = (
        router["threshold"] is not None
        and not answer.get("missing")
        and output != ""  # no reply of the house fits
        and answer["confidence"] >= router["threshold"]
        and name not in router["abstainLabels"]
        and (router["maxOutlierScore"] is None or answer["outlierScore"] <= router["maxOutlierScore"])
    )
    return "student" if may_answer else router["fallback"]


def create_student(tables=None, decoder=None):
    """tables names a CSV file for each table that fills a field."""
    decoder = decoder or read_json("decoder.json")
    check_tables(decoder, tables or {})
    router = read_json("router.json") if os.path.exists(os.path.join(FOLDER, "router.json")) else None
    assemble = create_assembler(decoder, read_json("student.json")["outlier"]["unseenWeight"], tables)
    from read import create_reader

    read = create_reader(FOLDER, decoder)

    def answer(text, context=None, reference_date=None):
        whole = say_reply(decoder.get("replies"), assemble(read(text, context), text, reference_date))
        route = decide_route(router, whole)
        return {**{name: whole[name] for name in ("output", "confidence", "missing")}, "route": route}

    return answer


def read_table_option(given):
    name, _, path = given.partition("=")
    if not name or not path:
        raise ValueError(f"--table {given}: give NAME=FILE.csv.")
    return name, path


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", nargs="*")
    parser.add_argument("--table", action="append", default=[])
    given = parser.parse_args()
    texts = given.texts or [line for line in sys.stdin.read().split("\n") if line]
    try:
        tables = dict(read_table_option(one) for one in given.table)
        decoder = read_json("decoder.json")
        answer_text = create_student(tables, decoder)
    except ImportError as problem:
        sys.exit(f"{problem}. This program needs: pip install onnxruntime numpy")
    except (OSError, ValueError) as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
    for sentence in tell_unfilled(decoder, tables):
        print(f"! {sentence}", file=sys.stderr)
    for line in texts:
        print(json.dumps(answer_text(line), ensure_ascii=False))
