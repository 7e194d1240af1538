"""Load each model in a process of its own: how long, how much memory, how fast it is then."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass

NAMES = ("decoder", "encoder", "translator", "smollm2", "minilm")
COLD = """
import sys, time
import torch
from gradelib.lab import models

start = time.perf_counter()
models.load(sys.argv[1])
print(time.perf_counter() - start)
"""
WARM = """
import json, resource, statistics, sys, time
import psutil, torch, transformers
from gradelib.lab import models

def taken():
    return psutil.Process().memory_info().rss / 2**20

name = sys.argv[1]
models.load("decoder")  # what every first load pays: importing, and code that is read late
before, start = taken(), time.perf_counter()
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
whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([loaded, statistics.median(rates[1:]), taken() - before, whole]))
"""


@dataclass
class Measured:
    """What one model takes."""

    cold: float  # seconds to load, as the first model of a process: it imports transformers
    loaded: float  # seconds to load, after another one
    rate: float  # tokens a second
    more: float  # MiB of memory that it adds, with what it computes
    whole: float  # MiB of the process, at most


def measure() -> dict[str, Measured | str]:
    """Return what each model takes; or why it is not here."""
    found: dict[str, Measured | str] = {}
    for name in NAMES:
        runs = [
            subprocess.run([sys.executable, "-c", code, name], capture_output=True, text=True)
            for code in (COLD, WARM)
        ]
        if any(run.returncode for run in runs):
            found[name] = runs[0].stderr.strip().splitlines()[-1]
        else:
            cold, warm = (json.loads(run.stdout.splitlines()[-1]) for run in runs)
            found[name] = Measured(cold, *warm)
    return found
