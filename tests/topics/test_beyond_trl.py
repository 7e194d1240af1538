"""Notebook 12: DPO by the reference is one step of the trainer of `trl`.

Its imports take a second and stand inside: what runs other tests alone has no need of them.
"""

import pytest
import torch

from solutions.beyond.reference import answer_log_prob, dpo_loss, implicit_reward
from tests.topics.small_trl import settings, tiny_gpt2, tiny_tokenizer

pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing:FutureWarning")

BETA = 0.3
PAIRS = {
    "prompt": ["w4 w5 w6", "w7 w8", "w9"],
    "chosen": [" w10 w11", " w12 w13 w14 w15", " w16 w17 w18"],
    "rejected": [" w20 w21 w22", " w23", " w24 w25 w26 w27 w28"],
}


@pytest.fixture(scope="module")
def dpo(tmp_path_factory):
    """A trainer, and log-probabilities of its answers by policy and reference: chosen, rejected."""
    from datasets import Dataset
    from trl import DPOConfig, DPOTrainer

    trainer = DPOTrainer(
        tiny_gpt2(0), tiny_gpt2(1),
        DPOConfig(**settings(tmp_path_factory.mktemp("dpo"), 3), beta=BETA),
        train_dataset=Dataset.from_dict(PAIRS), processing_class=tiny_tokenizer(),
    )  # fmt: skip
    batch = dict(next(iter(trainer.get_train_dataloader())))
    ids, mask = batch["input_ids"], batch["completion_mask"].bool()
    asked = [m(ids, attention_mask=batch["attention_mask"]).logits
             for m in (trainer.model, trainer.ref_model)]  # fmt: skip
    found = [answer_log_prob(logits, ids, mask).chunk(2) for logits in asked]
    return trainer, batch, *found


def test_the_loss_and_its_gradient_are_those_of_a_step_of_trls_trainer(dpo):
    trainer, batch, policy, reference = dpo
    theirs = trainer.compute_loss(trainer.model, dict(batch))
    ours = dpo_loss(*policy, *reference, BETA)
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-5)
    weights = list(trainer.model.parameters())
    gradients = [torch.autograd.grad(loss, weights, retain_graph=True) for loss in (ours, theirs)]
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(*gradients, strict=True))


def test_implicit_rewards_and_the_share_of_pairs_won_are_what_trl_logs(dpo):
    trainer, batch, policy, reference = dpo
    trainer.compute_loss(trainer.model, dict(batch))
    told = {name: values[-1] for name, values in trainer._metrics["train"].items()}
    better, worse = (implicit_reward(p, r, BETA) for p, r in zip(policy, reference, strict=True))
    assert told["rewards/chosen"] == pytest.approx(better.mean().item(), rel=1e-4)
    assert told["rewards/rejected"] == pytest.approx(worse.mean().item(), rel=1e-4)
    assert told["rewards/margins"] == pytest.approx((better - worse).mean().item(), rel=1e-4)
    assert told["rewards/accuracies"] == pytest.approx((better > worse).float().mean().item())


def test_the_log_probability_of_an_answer_adds_up_what_trl_selects(dpo):
    from trl.trainer.utils import selective_log_softmax

    trainer, batch, _, _ = dpo
    ids, mask = batch["input_ids"], batch["completion_mask"]
    with torch.no_grad():
        logits = trainer.model(ids, attention_mask=batch["attention_mask"]).logits
    theirs = (selective_log_softmax(logits[:, :-1], ids[:, 1:]) * mask[:, 1:]).sum(1)
    assert torch.allclose(answer_log_prob(logits, ids, mask.bool()), theirs, atol=1e-4)
