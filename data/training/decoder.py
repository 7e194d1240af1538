"""The tiny decoder: GPT-2's architecture, about 3M parameters, trained on village stories.

Text is split by byte-level BPE, whose vocabulary has each word of the village whole. A row of a
batch is one story between two <|endoftext|>. The grammar is known, and so is the distribution of
each next token: the model learns that, and not only the one token that was drawn from it.
"""

from __future__ import annotations

import functools
import json
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor, nn
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from data.training import stories, targets
from data.training.loop import Batch, Plan, Run, mean_loss, on_device_of, train

END = "<|endoftext|>"
MERGED = 1024  # tokens of the BPE, before the words of the village that it splits are added
CONTEXT = 256  # tokens
BATCH = 64  # stories
SORTED = 8  # batches whose stories are drawn together, then sorted by length
BARE = 0.1  # of the stories begin without <|endoftext|>, as a prompt often does
PLAN = Plan(
    "decoder",
    steps=12_000,
    learning_rate=3e-3,
    warmup=200,
    save_every=200,
    beta2=0.95,
    matrix_rate=0.02,
    last_rate=0.0,
)


def tokenizer() -> PreTrainedTokenizerFast:
    """Train the byte-level BPE, and add each word of the village that it would split.

    A word in the vocabulary is not merged from its parts (`ignore_merges`, as Llama 3 has it).
    """
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=MERGED,
        special_tokens=[END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    texts = [*stories.texts("train"), *_instructions()]
    made.train_from_iterator(texts, trainer)
    model = json.loads(made.to_str())["model"]
    vocabulary, merges = model["vocab"], [tuple(merge) for merge in model["merges"]]
    for word in _words(made, texts):
        vocabulary.setdefault(word, len(vocabulary))
    whole = Tokenizer(models.BPE(vocabulary, merges, ignore_merges=True))
    whole.pre_tokenizer = made.pre_tokenizer
    whole.decoder = decoders.ByteLevel()
    whole.add_special_tokens([END])
    return PreTrainedTokenizerFast(
        tokenizer_object=whole,
        bos_token=END,
        eos_token=END,
        unk_token=END,
        pad_token=END,
        model_max_length=CONTEXT,
        padding_side="left",
    )


def _instructions() -> list[str]:
    return [record["instruction"] for record in stories.read("train", "instructions/grammar")]


def _words(made: Tokenizer, texts: list[str]) -> list[str]:
    """Return all words and marks of the texts and of the grammar's choices, in byte-level form."""
    rng = np.random.default_rng(PLAN.seed)
    rare = {piece for _ in range(3000) for choice in targets.tell(rng)[1] for piece in choice}
    found = {piece for text in texts for piece, _ in made.pre_tokenizer.pre_tokenize_str(text)}
    for text in rare:
        found |= {piece for piece, _ in made.pre_tokenizer.pre_tokenize_str(text)}
    return sorted(found)


def model(vocabulary: int) -> GPT2LMHeadModel:
    torch.manual_seed(PLAN.seed)
    config = GPT2Config(
        vocab_size=vocabulary,
        n_positions=CONTEXT,
        n_embd=192,
        n_layer=5,
        n_head=6,
        activation_function="gelu_pytorch_tanh",  # the same as gelu_new, in one pass
        resid_pdrop=0.0,
        embd_pdrop=0.0,
        attn_pdrop=0.0,
        bos_token_id=0,
        eos_token_id=0,
        pad_token_id=0,
    )
    return GPT2LMHeadModel(config)


Row = tuple[list[int], list[dict[int, float]]]  # tokens, and what each but the first may be


class Drawing:
    """Draws what each step sees, and knows the tokens of the grammar's pieces."""

    def __init__(self, tokens: PreTrainedTokenizerFast, seed: int = PLAN.seed):
        self.tokens = tokens
        self.seed = seed
        self.ids: dict[str, int] = {"": 0}
        self.group = functools.lru_cache(1)(self._group)

    def batch(self, step: int) -> Batch:
        """Return the stories of a step: fresh ones of about one length."""
        return self.packed(self.group(step // SORTED)[step % SORTED])

    def _group(self, number: int) -> list[list[Row]]:
        rng = np.random.default_rng([self.seed, number])
        rows = sorted((self._row(rng) for _ in range(SORTED * BATCH)), key=lambda row: len(row[0]))
        batches = [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
        return [batches[i] for i in np.argsort(rng.random(SORTED))]

    def _row(self, rng: np.random.Generator) -> Row:
        while True:
            pieces, choices = targets.tell(rng)
            if "".join(pieces) not in stories.held_out():
                break
        ids = [0, *(self.id(piece) for piece in pieces)]
        known = [{self.id(p): weight for p, weight in choice.items()} for choice in choices]
        return (ids[1:], known[1:]) if rng.random() < BARE else (ids, known)

    def id(self, piece: str) -> int:
        """Return the one token of a piece."""
        if piece not in self.ids:
            (self.ids[piece],) = self.tokens(piece, add_special_tokens=False)["input_ids"]
        return self.ids[piece]

    @staticmethod
    def packed(rows: list[Row]) -> Batch:
        """Pad rows, and list the true probabilities: of `token`, after the `nth` of the places."""
        longest = max(len(ids) for ids, _ in rows)
        said = [
            (number, column, token, weight)
            for number, (_, known) in enumerate(rows)
            for column, choice in enumerate(known)
            for token, weight in choice.items()
        ]
        row, column, token, weight = map(torch.tensor, zip(*said, strict=True))
        place, nth = torch.unique(row * longest + column, return_inverse=True)
        return {
            "input_ids": torch.tensor([[*ids, *[0] * (longest - len(ids))] for ids, _ in rows]),
            "place": place,
            "nth": nth,
            "token": token,
            "weight": weight,
        }


def cross_entropy(model: nn.Module, batch: Batch) -> Tensor:
    """Return the mean cross-entropy with the true distributions, in nats a token."""
    hidden = model.transformer(input_ids=batch["input_ids"]).last_hidden_state
    logits = hidden.flatten(0, 1)[batch["place"]] @ model.transformer.wte.weight.T
    chosen = logits.log_softmax(-1)[batch["nth"], batch["token"]]
    return -(chosen * batch["weight"]).sum() / len(batch["place"])


def held_out(tokens: PreTrainedTokenizerFast, split: str, count: int) -> list[Batch]:
    """Return stories of a split, each between two ends, padded; the padding has no label."""
    texts = [f"{END}{text}{END}" for text in stories.texts(split)[:count]]
    batches = []
    for start in range(0, len(texts), 32):
        some = tokens(texts[start : start + 32], add_special_tokens=False)["input_ids"]
        longest = max(map(len, some))
        ids = torch.tensor([[*one, *[0] * (longest - len(one))] for one in some])
        labels = torch.tensor([[*one, *[-100] * (longest - len(one))] for one in some])
        batches.append({"input_ids": ids, "labels": labels})
    return batches


def report(model: GPT2LMHeadModel, tokens: PreTrainedTokenizerFast) -> dict[str, float]:
    """Measure the loss on unseen stories, and the entropy below it, in nats a token."""
    batches = held_out(tokens, "test", 1000)
    count = sum(int((batch["labels"][:, 1:] != -100).sum()) for batch in batches)
    surprise = -sum(story["log_probability"] for story in stories.read("test")[:1000])
    loss = per_token(model, batches)
    return {"loss": loss, "floor": surprise / count, "gap": loss - surprise / count}


def per_token(model: GPT2LMHeadModel, batches: list[Batch]) -> float:
    """Return the mean loss over all predicted tokens."""
    total = count = 0.0
    model.eval()
    with torch.no_grad():
        for batch in batches:
            predicted = int((batch["labels"][:, 1:] != -100).sum())
            total += float(model(**on_device_of(model, batch)).loss) * predicted
            count += predicted
    return total / count


def build(folder: Path) -> tuple[Run, PreTrainedTokenizerFast, dict[str, float]]:
    """Train, or go on training, and measure."""
    tokens = tokenizer()
    made = model(len(tokens))
    run = Run(PLAN, made, folder, cross_entropy)
    validation = held_out(tokens, "validation", 200)
    train(run, Drawing(tokens).batch, lambda: mean_loss(run.model, validation))
    return run, tokens, report(made, tokens)
