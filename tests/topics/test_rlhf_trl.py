"""Notebook 11: the reference agrees with `trl`, in its functions and in one step of its trainers.

Where trl divides by another number, the test says which and why. What imports trl does so
inside: it takes a second, and whoever runs other tests alone has no need of it.
"""

import math

import pytest
import torch
from torch import nn
from transformers import GPT2ForSequenceClassification, GPT2LMHeadModel

from solutions.rlhf.reference import (
    RewardModel,
    clip_fraction,
    group_advantages,
    grpo_loss,
    pair_accuracy,
    preference_loss,
    reinforce_loss,
    token_log_probs,
)
from tests.topics.small_trl import SIZE, settings, tiny_gpt2, tiny_tokenizer

pytestmark = pytest.mark.filterwarnings("ignore:.*gradient_checkpointing:FutureWarning")


def luck(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("temperature", [0.7, 1.0])
def test_log_probabilities_of_tokens_are_trls(temperature):
    from trl.trainer.utils import selective_log_softmax

    logits = 3 * torch.randn(3, 8, 11, generator=luck())
    ids = torch.randint(11, (3, 8), generator=luck(1))
    theirs = selective_log_softmax(logits[:, :-1] / temperature, ids[:, 1:])
    assert torch.allclose(token_log_probs(logits, ids, temperature), theirs, atol=1e-5)


class Body(nn.Module):
    """The body of a classifier of transformers, called as the notebook calls it."""

    def __init__(self, model):
        super().__init__()
        self.inner = model.transformer

    def forward(self, ids, mask):
        return self.inner(ids, attention_mask=mask.long())[0]


def reward_models():
    theirs = tiny_gpt2(1, GPT2ForSequenceClassification, num_labels=1)
    ours = RewardModel(Body(theirs), 16)
    with torch.no_grad():
        ours.head.weight.copy_(theirs.score.weight)
        ours.head.bias.zero_()
    return ours, theirs


def test_a_reward_model_reads_where_trls_reads():
    from trl.experimental.utils import get_reward

    ours, theirs = reward_models()
    ids = torch.randint(2, SIZE, (4, 9), generator=luck())
    mask = torch.arange(9) < torch.tensor([9, 3, 5, 6])[:, None]
    ids = ids.masked_fill(~mask, 1)
    with torch.no_grad():
        _, rewards, _ = get_reward(theirs, ids, pad_token_id=1, context_length=0)
        assert torch.allclose(ours(ids, mask), rewards, atol=1e-5)


def test_the_loss_of_choices_and_their_accuracy_are_those_of_a_step_of_trls_trainer(tmp_path):
    from datasets import Dataset
    from trl import RewardConfig, RewardTrainer

    ours, theirs = reward_models()
    rows = torch.randint(2, SIZE, (2, 6, 7), generator=luck(3)).tolist()
    pairs = Dataset.from_dict({"chosen_ids": rows[0], "rejected_ids": [r[:5] for r in rows[1]]})
    trainer = RewardTrainer(
        theirs, RewardConfig(**settings(tmp_path, 6)), train_dataset=pairs,
        processing_class=tiny_tokenizer(),
    )  # fmt: skip
    batch = next(iter(trainer.get_train_dataloader()))
    loss = trainer.compute_loss(trainer.model, dict(batch))
    rewards = ours(batch["input_ids"], batch["attention_mask"].bool())
    assert preference_loss(*rewards.chunk(2)).item() == pytest.approx(loss.item(), rel=1e-5)
    (accuracy,) = trainer._metrics["train"]["accuracy"]
    assert pair_accuracy(*rewards.chunk(2)) == pytest.approx(accuracy)


@pytest.fixture(scope="module")
def grpo(tmp_path_factory):
    """A trainer of GRPO: four completions of each prompt, a price on distance, a temperature."""
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    folder = tmp_path_factory.mktemp("grpo")
    tiny_gpt2(0).save_pretrained(folder)  # the reference is loaded from where the model was
    config = GRPOConfig(
        **settings(folder, 8), num_generations=4, beta=0.3,
        temperature=0.7, max_completion_length=6, loss_type="bnpo", seed=0,
        use_bias_correction_kl=False,
    )  # fmt: skip
    return GRPOTrainer(
        GPT2LMHeadModel.from_pretrained(folder, dtype=torch.float32),
        lambda completion_ids, **_: [float(sum(one)) for one in completion_ids],
        config, Dataset.from_dict({"prompt": ["w4 w5 w6", "w7 w8"]}),
        processing_class=tiny_tokenizer(),
    )  # fmt: skip


def test_advantages_of_groups_are_trls_but_for_the_number_that_the_variance_is_divided_by(grpo):
    """The paper says only "std". trl divides by one story less, the notebook by all of them, and
    says so: with four stories of a group its advantages are larger by √(4/3).
    """
    grpo.model.eval()  # in training trl shuffles the completions
    made = grpo._prepare_inputs([{"prompt": text} for text in ["w4 w5 w6"] * 4 + ["w7 w8"] * 4])
    scores = (made["completion_ids"] * made["completion_mask"]).sum(1).float()
    apart = scores.view(2, 4).std(dim=1, keepdim=True)
    assert (apart > 0.1).all()
    ours = group_advantages(scores.view(2, 4)).flatten() * math.sqrt(3 / 4)
    assert torch.allclose(ours, made["advantages"].flatten(), atol=1e-3)


def step(trainer, model):
    """Return what a step of GRPO is made of: eight completions of up to six tokens."""
    ids = torch.randint(2, SIZE, (8, 9), generator=luck(7))
    model.eval()  # in training trl divides by what only a whole run knows
    mask = torch.arange(6) < torch.tensor([6, 2, 5, 6, 1, 3, 4, 6])[:, None]
    texts = {
        "prompt_ids": ids[:, :3], "prompt_mask": torch.ones(8, 3).long(),
        "completion_ids": ids[:, 3:], "completion_mask": mask.long(),
    }  # fmt: skip
    everything = torch.cat([texts["prompt_mask"], texts["completion_mask"]], dim=1)
    logits = model(ids, attention_mask=everything).logits
    return texts, mask, token_log_probs(logits, ids, trainer.temperature)[:, -6:]


def test_the_loss_and_the_clip_fraction_are_those_of_a_step_of_trls_trainer(grpo):
    """One mean over all tokens, as the notebook says: trl calls it "bnpo".

    Of itself trl also weighs each token's distance with its ratio, as DeepSeek-V3.2 (2025) does.
    That is switched off here: equation 3 of Shao and others, which the reference follows, has no
    such weight.
    """
    texts, mask, new = step(grpo, grpo.model)
    old = (new + 0.4 * torch.randn(8, 6, generator=luck(8))).detach()
    reference = (new + 0.2 * torch.randn(8, 6, generator=luck(9))).detach()
    scores = torch.randn(2, 4, generator=luck(10))
    better = group_advantages(scores).flatten()
    told = texts | {"advantages": better, "old_per_token_logps": old,
                    "ref_per_token_logps": reference}  # fmt: skip
    theirs = grpo.compute_loss(grpo.model, told)
    ours = grpo_loss(new, old, reference, scores, mask, grpo.beta)
    assert ours.item() == pytest.approx(theirs.item(), rel=1e-4)
    wide = better[:, None].expand(8, 6)
    clipped = grpo._metrics["eval"]["clip_ratio/region_mean"][-1]
    assert 0.1 < clip_fraction(new.detach(), old, wide, mask) == pytest.approx(clipped)
    weights = [weight for weight in grpo.model.parameters() if weight.requires_grad]
    gradients = [torch.autograd.grad(loss, weights) for loss in (ours, theirs)]
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(*gradients, strict=True))


def test_where_nothing_has_changed_the_gradient_of_trl_is_that_of_reinforce(grpo, monkeypatch):
    monkeypatch.setattr(grpo, "beta", 0.0)
    texts, mask, new = step(grpo, grpo.model)
    better = torch.randn(8, generator=luck(11))
    theirs = grpo.compute_loss(grpo.model, texts | {"advantages": better})
    ours = reinforce_loss(new, better[:, None].expand(8, 6), mask)
    weights = [weight for weight in grpo.model.parameters() if weight.requires_grad]
    gradients = [torch.autograd.grad(loss, weights) for loss in (ours, theirs)]
    assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(*gradients, strict=True))
