"""Every reference works on another device than the CPU: what it makes, it makes where its input is.

The device is a pretended one, so that this runs everywhere.
"""

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.utils._pytree import tree_leaves, tree_map

from gradelib.checking.compare import difference
from gradelib.checking.exercise import find
from tests.topics.other_device import DEVICE, Elsewhere, OtherDevice
from tests.topics.references import answered, exercises, recorded, reference

FEWER = {"runs": 3}  # of a case that repeats itself: here a few draws say as much
OF_NUMBERS = {  # take no tensors and make some: there is no device that these could be on
    "lora.adapter_state",  # of a model that the driver makes out of a seed
    "lora.normal_table",
    "masks.attention_mask",
    "masks.causal_mask",
    "masks.pad_batch",
    "masks.sliding_window_mask",
    "pretraining.pack",
    "sft.label_batch",
}
LOOKS = {  # must look at numbers on the device, and why
    "beyond.abstain": "it returns shares as floats",
    "beyond.bootstrap": "it returns two ends as floats",
    "beyond.displaced": "it returns a share as a float",
    "beyond.hit_rate": "it returns a share as a float",
    "beyond.win_rate": "it returns a share as a float",
    "decoder.train_step": "it returns the loss as a float",
    "encoder.distillation_loss": "whether a row has a label depends on the labels",
    "encoder.fill_mask": "it returns lists of numbers",
    "encoder_decoder.sequence_loss": "how many places count depends on the ids",
    "encoder_decoder.summarize": "it returns a list",
    "encoder_decoder.translate": "it stops when all rows have ended",
    "masks.leaks": "it returns a list",
    "pretraining.lsh_pairs": "it returns a list",
    "rlhf.clip_fraction": "it returns a share as a float",
    "rlhf.grpo_loss": "how many tokens count depends on the mask",
    "rlhf.pair_accuracy": "it returns a share as a float",
    "rlhf.ppo_loss": "how many tokens count depends on the mask",
    "rlhf.reinforce_loss": "how many tokens count depends on the mask",
    "rlhf.whiten": "how many values count depends on the mask",
    "sampling.beam_search": "it stops when all texts are done, and returns lists",
    "sampling.generate": "it stops when all rows have ended",
    "sampling.no_repeat_ngram": "it goes through the ids of each row",
    "sampling.speculative_block": "how many tokens it returns depends on what is accepted",
    "start_here.most_likely": "it returns a word",
    "transfer_learning.accuracy": "it returns a share as a float",
    "transfer_learning.macro_f1": "it returns a share as a float",
    "transfer_learning.train_step": "it returns the loss as a float",
}


def tensors(value: Any) -> list[Tensor]:
    return [one for one in tree_leaves(value) if isinstance(one, Tensor)]


def with_tensors() -> list[str]:
    return [name for name in exercises() if any(tensors(one.inputs) for one in recorded(name))]


class Watched:
    """A reference on the other device: what it gives back, and what it looks at on its way."""

    def __init__(self, reference: Any, device: OtherDevice) -> None:
        self.reference, self.device = reference, device
        self.looks: set[str] = set()
        self.given_back: list[Tensor] = []

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        before = len(self.device.looks)
        result = self.reference(*args, **kwargs)
        self.looks.update(self.device.looks[before:])
        self.given_back += tensors(result)
        return result.to(DEVICE) if isinstance(result, nn.Module) else result


@pytest.mark.parametrize("name", with_tensors())
def test_a_reference_answers_on_the_device_of_its_inputs(name):
    exercise, looks = find(name), set[str]()
    for one in recorded(name):
        inputs = {key: FEWER.get(key, value) for key, value in one.inputs.items()}
        expected = answered(exercise, reference(name), inputs)
        with OtherDevice() as device:
            watched = Watched(reference(name), device)
            answer = answered(exercise, watched, tree_map(_there, inputs))
            layer = isinstance(watched.reference, type)  # it is not called itself, but its methods
            back = tensors(answer) if layer else watched.given_back
            looks |= set(device.looks) if layer else watched.looks
            assert [x.shape for x in back if not isinstance(x, Elsewhere)] == [], one.case.name
            plain = tree_map(lambda x: x.cpu() if isinstance(x, Tensor) else x, answer)
        assert difference(expected, plain, exercise.tolerance) is None, one.case.name
    assert bool(looks) == (name in LOOKS), looks


def _there(value: Any) -> Any:
    return value.to(DEVICE) if isinstance(value, Tensor) else value


def test_only_what_takes_no_tensors_makes_some_from_nothing():
    others = set(exercises()) - set(with_tensors())
    makes = {n for n in others if any(tensors(one.expected.value) for one in recorded(n))}
    assert makes == OF_NUMBERS
    assert {*LOOKS} <= {*with_tensors()}


@torch.no_grad()
def test_the_other_device_refuses_to_mix_as_a_real_one_does():
    with OtherDevice() as device:
        there = torch.arange(6, device=DEVICE).view(2, 3)
        assert (there + 1).device == DEVICE
        with pytest.raises(RuntimeError, match="two devices"):
            there + torch.arange(3)
        with pytest.raises(RuntimeError, match="two devices"):
            nn.Linear(3, 2)(there.float())
        assert device.looks == []
        assert there.tolist() == [[0, 1, 2], [3, 4, 5]]
        there[:, 0] = 7
        assert there[there > 5].tolist() == [7, 7]
        assert len(device.looks) == 3
