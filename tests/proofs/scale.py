"""One small exercise, put together from code, so that a test can weaken any part of it."""

import numpy as np
import torch

from gradelib.checking.exercise import Exercise

from .subject import Subject

SCALE = '''
def scale(numbers, factor=2.0):
    """Multiply each of `numbers` by `factor`."""
    return numbers * factor
'''
STUB = 'def scale(numbers, factor=2.0):\n    raise NotImplementedError("write scale here")'
MISTAKES = {
    "added": "def scale(numbers, factor=2.0): return numbers + factor",
    "divided": "def scale(numbers, factor=2.0): return numbers / factor",
    "always_doubled": "def scale(numbers, factor=2.0): return numbers * 2.0",
    "summed": "def scale(numbers, factor=2.0): return (numbers * factor).sum()",
}


def define(code: str) -> object:
    namespace: dict = {}
    exec(code, namespace)
    return namespace["scale"]


def normal(rng: np.random.Generator, *shape: int) -> torch.Tensor:
    return torch.from_numpy(rng.normal(size=shape).astype(np.float32))


def some_numbers(rng):
    """Some numbers, by the usual factor."""
    return {"numbers": normal(rng, 2, 3)}


def another_factor(rng):
    """Another factor."""
    return {"numbers": normal(rng, 4, 5), "factor": float(rng.uniform(3, 4))}


def exercise(*cases, **options) -> Exercise:
    made = Exercise("weak.scale", points=1, **options)
    for case in cases or (some_numbers, another_factor):
        made.case(case)
    return made


def prepared(
    asked: Exercise, code: str = SCALE, mistakes: dict[str, str] = MISTAKES, **options
) -> Subject:
    """Put a subject together from code, as `subject` does from files."""
    wrong = {name: (define(text), f"Look at {name}.") for name, text in mistakes.items()}
    alternatives = options.pop("alternatives", {})
    one = Subject(
        exercise=asked,
        reference=define(code),
        source=code,
        stub=options.pop("stub", STUB),
        namespace={"torch": torch},
        alternatives={name: define(text) for name, text in alternatives.items()},
        mistakes=wrong,
        visible=[],
        known=[],
        **options,
    )
    one.visible = one.fresh(-50)
    one.known = one.live(one.visible)
    return one
