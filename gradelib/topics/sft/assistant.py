"""Who is talked to in notebook 10: the tiny decoder before and after tuning, and its tokenizer."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypedDict

from gradelib.lab import data

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["Assistant", "Instruction", "Message", "asked", "instructions", "taught"]

LONGEST = 180  # tokens of an answer
CONTEXT = 256  # tokens that the decoder reads
TOGETHER = 200  # answers that are written at a time
Message = dict[str, str]


class Instruction(TypedDict):
    """An instruction, two answers, and the checks: see data/instructions/grammar/README.md."""

    kind: str
    instruction: str
    input: str
    answer: str
    poor_answer: str
    checks: list[dict[str, Any]]


def instructions(split: str = "train") -> list[Instruction]:
    """Return the instructions of a split: train, validation or test."""
    name = f"instructions/grammar/{split}.jsonl.gz"
    return [json.loads(line) for line in data.lines(name)]


def asked(instruction: str, story: str = "") -> list[Message]:
    """Return a chat that waits for an answer; a story stands below the instruction."""
    content = f"{instruction}\n\n{story}" if story else instruction
    return [{"role": "user", "content": content}]


def taught(record: Instruction, answer: str = "answer") -> list[Message]:
    """Return a chat with the answer of a record, or with its "poor_answer"."""
    said: str = record["poor_answer"] if answer == "poor_answer" else record["answer"]
    chat = asked(record["instruction"], record["input"])
    return [*chat, {"role": "assistant", "content": said}]


class Assistant:
    """The tokenizer with a mark for each role, the decoder, and the checkpoint tuned on it."""

    def __init__(self, tokenizer: Any, decoder: Any, checkpoint: Any) -> None:
        self.tokenizer, self.decoder, self.checkpoint = tokenizer, decoder, checkpoint
        self.end: int = tokenizer.eos_token_id  # which also begins each text, and fills up rows

    @classmethod
    def load(cls) -> Assistant:
        """Return the models that come with the course."""
        from gradelib.lab import models

        checkpoint, tokenizer = models.load("instruct")
        decoder, _ = models.load("decoder")
        return cls(tokenizer, decoder, checkpoint)

    def base(self, seed: int = 0) -> Any:
        """Return the decoder before tuning, with new rows for the marks of the roles.

        The rows are drawn like the old ones: nothing has been learned of these marks.
        """
        import torch

        model = copy.deepcopy(self.decoder)
        old: Tensor = model.get_input_embeddings().weight.detach()
        luck = torch.Generator().manual_seed(seed)
        new = torch.randn(len(self.tokenizer) - len(old), old.shape[1], generator=luck)
        model.resize_token_embeddings(len(self.tokenizer), mean_resizing=False)
        with torch.no_grad():
            rows = model.get_input_embeddings().weight
            rows[len(old) :] = old.mean(0) + (old.std(0) * new.to(old.device))
        return model

    def tuned(self) -> Any:
        """Return a copy of the checkpoint that may be trained."""
        return copy.deepcopy(self.checkpoint)

    def tokenize(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the ids of a text, and where the piece of each begins and ends in it."""
        found = self.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        return found["input_ids"], found["offset_mapping"]

    def prompt(self, chat: Sequence[Message]) -> str:
        """Return a chat as text, up to where the assistant is to go on."""
        text: str = self.tokenizer.apply_chat_template(
            list(chat), tokenize=False, add_generation_prompt=True
        )
        return text

    def of_the_library(self, chat: Sequence[Message]) -> tuple[list[int], list[bool]]:
        """Return the ids of a chat, and which are an assistant's, as transformers finds them."""
        template = self.tokenizer.chat_template
        said = "{{ '<|' + message['role'] + '|>' + message['content'] }}"
        if said not in template:
            raise ValueError(f"the template must write a message by {said}: got {template}")
        head, end = "{{ '<|' + message['role'] + '|>' }}", "{% if message['role'] == 'assistant' %}"
        body = (
            f"{end}{{% generation %}}{{{{ message['content'] + eos_token }}}}{{% endgeneration %}}"
        )
        body += "{% else %}{{ message['content'] }}{% endif %}"
        marked = "{{ bos_token }}{% for message in messages %}" + head + body + "{% endfor %}"
        found = self.tokenizer.apply_chat_template(
            list(chat),
            chat_template=marked,
            return_dict=True,
            return_assistant_tokens_mask=True,
        )
        return found["input_ids"], [bool(one) for one in found["assistant_masks"]]

    def logits(
        self, model: Any, ids: Tensor, positions: Tensor | None = None, mask: Tensor | None = None
    ) -> Tensor:
        """Return what a model says of rows without padding.

        Positions and mask are those that it would work out itself, or others: the mask says which
        tokens each token may look at.

        Shapes:
            ids:       (block, token)
            positions: (block, token)
            mask:      (block, query, key), booleans
            returns:   (block, token, vocab)
        """
        import torch

        tokens = ids.shape[1]
        if mask is None:
            mask = torch.ones(len(ids), tokens, tokens, dtype=torch.bool).tril()
        if positions is None:
            positions = torch.arange(tokens).expand_as(ids)
        hidden = torch.zeros(mask.shape).masked_fill(~mask, float("-inf"))
        with torch.no_grad():
            read = model.eval()(ids, attention_mask=hidden[:, None], position_ids=positions)
        said: Tensor = read.logits
        return said

    def answers(
        self, model: Any, chats: Sequence[Sequence[Message]], longest: int = LONGEST
    ) -> list[str]:
        """Answer chats greedily, in the order given.

        Long ones are answered apart from short ones: beside them there is less room.
        """
        prompts = [self.prompt(chat) for chat in chats]
        rows = self.tokenizer(prompts, add_special_tokens=False)["input_ids"]
        said: dict[int, str] = {}
        for long in (False, True):
            places = [place for place, row in enumerate(rows) if (len(row) > 60) == long]
            for first in range(0, len(places), TOGETHER):
                some = places[first : first + TOGETHER]
                texts = self._answered(model.eval(), [rows[place] for place in some], longest)
                said.update(zip(some, texts, strict=True))
        return [said[place] for place in range(len(rows))]

    def _answered(self, model: Any, rows: Sequence[Sequence[int]], longest: int) -> list[str]:
        """Answer at the same time; rows are filled up on the left, the longest by one place.

        Where no place is hidden, transformers takes the mask for none, and warns.
        """
        import torch

        width = min(CONTEXT - 1, 1 + max(len(row) for row in rows))
        kept = [[*row[:1], *row[1:][-(width - 1) :]] for row in rows]
        ids = torch.tensor([[self.end] * (width - len(row)) + row for row in kept])
        mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in kept])
        device = next(model.parameters()).device
        with torch.no_grad():
            made = model.generate(
                ids.to(device),
                attention_mask=mask.to(device),
                max_new_tokens=min(longest, CONTEXT - width),
                do_sample=False,
                pad_token_id=self.end,
            )
        texts = self.tokenizer.batch_decode(made[:, width:], skip_special_tokens=True)
        return [text.strip() for text in texts]
