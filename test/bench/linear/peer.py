"""TF-IDF of words 1-2 and characters 2-5, and LinearSVC: the accuracy on test.jsonl and the CPU seconds of training."""

import json
import sys
import time

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC


def read(name):
    with open(f"{sys.argv[1]}/{name}", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row["text"] for row in rows], [row["label"] for row in rows]


texts, labels = read("train.jsonl")
start = time.process_time()
model = make_pipeline(
    make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2),
    ),
    LinearSVC(),
).fit(texts, labels)
seconds = time.process_time() - start
print(json.dumps({"accuracy": model.score(*read("test.jsonl")), "seconds": seconds}))
