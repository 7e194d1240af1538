"""Record the two trainings of notebook 05 from their first step to their last, by the references.

`python -m tests.bench.translating` writes `gradelib/topics/encoder_decoder/recorded_runs.json` and
`recorded_translator.safetensors` beside it: the curves that the notebook shows, and the weights
that it lends, where a slow computer has stopped its own training. Run it again when the
pairs, or what the notebook trains, have changed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import torch
from safetensors.torch import save_file

from gradelib.topics.encoder_decoder import prompted
from gradelib.topics.encoder_decoder.library import translate_all
from gradelib.topics.encoder_decoder.pairs import Pair, Words, batches, pairs, words_of
from gradelib.topics.encoder_decoder.training import (
    COMMAND,
    RECORDED,
    WEIGHTS,
    Exam,
    Plan,
    Training,
    train,
)
from solutions.encoder_decoder.reference import (
    EncoderLayer,
    Translator,
    bleu,
    sequence_loss,
    shift_right,
    translate,
)

STEPS, EXAM = 240, 150
SIZES = {"d_model": 128, "heads": 4}
PLAN = Plan(STEPS, limit=float("inf"))


def translator(
    words: Words, train_on: Sequence[Pair], exam: Sequence[Pair]
) -> tuple[Any, Training]:
    """Train the translator as the notebook does, without a limit of time."""
    torch.manual_seed(0)
    model, asked = (
        Translator(len(words), 40, **SIZES, layers=2, pad=words.pad),
        Exam.on(words, exam),
    )

    def loss(model: Any, source_ids: torch.Tensor, target_ids: torch.Tensor) -> torch.Tensor:
        read, source = shift_right(target_ids, words.start), model.encode(source_ids)
        return sequence_loss(model.decode(read, source, source_ids), target_ids, words.pad)

    def measure() -> Any:
        return asked.read(model, shift_right, sequence_loss, translate)

    return model, train(model, loss, batches(words, train_on, 64, seed=0), measure, PLAN)


def prompter(words: Words, train_on: Sequence[Pair], exam: Sequence[Pair]) -> tuple[Any, Training]:
    """Train the decoder without an encoder, as the notebook does."""
    torch.manual_seed(0)
    model = prompted.OneText(EncoderLayer, len(words), 64, **SIZES, layers=4)
    halves = batches(words, train_on, 64, seed=0)
    loss = prompted.prompted_loss(sequence_loss, words.pad)

    def measure() -> Any:
        return prompted.mark_prompted(model, words, exam, sequence_loss)

    return model, train(model, loss, prompted.one_text_batches(words, halves), measure, PLAN)


def main() -> None:
    known, exam, test = pairs("train"), pairs("validation")[:EXAM], pairs("test")
    words, wanted = Words.of(known), [words_of(pair["de"]) for pair in test]
    model, done = translator(words, known, exam)
    other, also = prompter(words, known, exam)
    said = {
        "translator": translate_all(model, words, test, translate),
        "prompted": prompted.write_prompted(other, words, test),
    }
    runs: dict[str, Any] = {"command": COMMAND}
    for name, run in (("translator", done), ("prompted", also)):
        runs[name] = {**run.as_dict(), "bleu": round(bleu(said[name], wanted), 2)}
        print(f"{name}: BLEU {runs[name]['bleu']:.1f} after {run.steps[-1]} steps")
    RECORDED.write_text(json.dumps(runs, indent=1) + "\n", "utf-8")
    save_file({name: weight.half() for name, weight in model.state_dict().items()}, WEIGHTS)


if __name__ == "__main__":
    main()
