"""Published figures on corpora, models and runs, each with its source. Nothing is computed here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

__all__ = ["CORPORA", "DEVICES", "LAWS", "MODELS", "RUNS", "TOKENS_READ", "Law", "ReportedRun"]

CORPORA = (  # name, what it is made of, tokens, source
    ("C4", "one month of Common Crawl, by simple rules", 156e9,
     "Raffel and others, 2020; counted by Dodge and others, 2021"),
    ("Dolma", "the web, code, papers, books, encyclopedias", 3e12, "Soldaini and others, 2024"),
    ("FineWeb", "96 snapshots of Common Crawl", 15e12, "Penedo and others, 2024"),
)  # fmt: skip
TOKENS_READ = (  # model, tokens it was trained on, source
    ("Llama, 7 and 13 billion", 1.0e12, "Touvron and others, 2023a"),
    ("Llama, 33 and 65 billion", 1.4e12, "Touvron and others, 2023a"),
    ("Llama 2", 2.0e12, "Touvron and others, 2023b"),
    ("Llama 3.1, 405 billion", 15.6e12, "Grattafiori and others, 2024"),
)
DEVICES = {  # dense operations a second in bfloat16, by the makers' data sheets
    "A100": 312e12,
    "H100": 989e12,
}


@dataclass(frozen=True)
class ReportedRun:
    """A training run as its makers reported it."""

    name: str
    parameters: int
    tokens: int
    device: str
    hours: float  # of devices, all added up
    source: str


RUNS = (
    ReportedRun("Llama 7B", 6_738_415_616, 10**12, "A100", 82_432, "Touvron and others, 2023a"),
    ReportedRun(
        "Llama 65B", 65_285_660_672, 1_400 * 10**9, "A100", 1_022_362, "Touvron and others, 2023a"
    ),
    ReportedRun(
        "Llama 2 7B", 6_738_415_616, 2 * 10**12, "A100", 184_320, "Touvron and others, 2023b"
    ),
    ReportedRun(
        "Llama 2 70B", 68_976_648_192, 2 * 10**12, "A100", 1_720_320, "Touvron and others, 2023b"
    ),
    ReportedRun(
        "Llama 3.1 405B", 405_853_388_800, 15_600 * 10**9, "H100", 30_840_000,
        "Meta, model card of Llama 3.1, 2024",
    ),
)  # fmt: skip


def _shape(*numbers: int, tied: bool = False) -> dict[str, Any]:
    names = (
        "vocab_size",
        "hidden_size",
        "num_hidden_layers",
        "num_attention_heads",
        "num_key_value_heads",
        "intermediate_size",
    )
    return {**dict(zip(names, numbers, strict=True)), "tie_word_embeddings": tied}


MODELS = {  # as their `config.json` has it
    "SmolLM2-135M": _shape(49_152, 576, 30, 9, 3, 1536, tied=True),
    "TinyLlama 1.1B": _shape(32_000, 2048, 22, 32, 4, 5632),
    "Llama 7B, Llama 2 7B": _shape(32_000, 4096, 32, 32, 32, 11_008),
    "Llama 65B": _shape(32_000, 8192, 80, 64, 64, 22_016),
    "Llama 2 70B": _shape(32_000, 8192, 80, 64, 8, 28_672),
    "Llama 3 8B": _shape(128_256, 4096, 32, 32, 8, 14_336),
    "Llama 3.1 405B": _shape(128_256, 16_384, 126, 128, 8, 53_248),
}


@dataclass(frozen=True)
class Law:
    """loss = floor + a / N ** alpha + b / D ** beta, in nats a token."""

    floor: float
    a: float
    alpha: float
    b: float
    beta: float

    def loss(self, parameters: float, tokens: float) -> float:
        """Return the loss that the law says."""
        loss: float = self.floor + self.a / parameters**self.alpha + self.b / tokens**self.beta
        return loss


LAWS = {  # both fitted to the runs of Hoffmann and others
    "Hoffmann and others, 2022": Law(1.69, 406.4, 0.34, 410.7, 0.28),
    "Besiroglu and others, 2024": Law(1.8172, 482.01, 0.3478, 2085.43, 0.3658),
}
