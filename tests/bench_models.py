"""Load each model in a process of its own: how long, how much memory, how fast it is then."""

from __future__ import annotations

import json
import subprocess
import sys

NAMES = ("decoder", "encoder", "translator", "smollm2", "minilm")
CODE = """
import json, resource, statistics, sys, time
import torch
from gradelib.lab import models

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

name, before = sys.argv[1], peak()
import transformers
models.load("decoder")  # what every first load pays: importing, and code that is read late
before, start = peak(), time.perf_counter()
model, tokenizer = models.load(name)
loaded, rates = time.perf_counter() - start, []
text = "One morning Mia walked to the harbour with a basket."
many = tokenizer([text] * 32, return_tensors="pt")
one = tokenizer(text, return_tensors="pt")
count = many["input_ids"].numel()
with torch.no_grad():
    for _ in range(4):
        start = time.perf_counter()
        if name in ("encoder", "minilm"):
            model(**many)
            rates.append(count / (time.perf_counter() - start))
        else:
            length = 48
            made = model.generate(
                input_ids=one["input_ids"], attention_mask=one["attention_mask"],
                max_new_tokens=length, min_new_tokens=length, do_sample=False)
            rates.append(length / (time.perf_counter() - start))
print(json.dumps([loaded, statistics.median(rates[1:]), peak() - before, peak()]))
"""


def measure() -> dict[str, list[float] | str]:
    """Return for each model: seconds to load, tokens a second, MiB more, MiB in all; or why not."""
    found: dict[str, list[float] | str] = {}
    for name in NAMES:
        done = subprocess.run([sys.executable, "-c", CODE, name], capture_output=True, text=True)
        if done.returncode:
            found[name] = done.stderr.strip().splitlines()[-1]
        else:
            found[name] = json.loads(done.stdout.splitlines()[-1])
    return found
