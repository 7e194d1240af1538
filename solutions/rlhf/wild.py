"""Wrong answers as students write them, in other words than the known mistakes, with the hint due.

The last line of each docstring names the known mistake whose hint it must get, or `none` where no
known mistake is the same misconception.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

from solutions.rlhf.reference import (
    RewardModel as OurRewardModel,
    group_advantages,
    kl_estimates,
    ppo_loss,
)


def preference_loss__swapped(chosen, rejected):
    """Takes the wrong one away.

    Hint: other_way
    """
    return F.softplus(chosen - rejected).mean()


def preference_loss__forgot_minus(chosen, rejected):
    """Maximizes by hand.

    Hint: not_negative
    """
    return torch.mean(F.logsigmoid(chosen - rejected))


def preference_loss__naive_log(chosen, rejected):
    """Writes σ out.

    Hint: infinite
    """
    p = 1 / (1 + torch.exp(rejected - chosen))
    return -torch.log(p).mean()


def preference_loss__added_up(chosen, rejected):
    """Adds up in a loop.

    Hint: sum
    """
    total = 0
    for c, r in zip(chosen, rejected):
        total = total + F.softplus(r - c)
    return total


def preference_loss__per_pair(chosen, rejected):
    """Keeps one loss a pair.

    Hint: no_mean
    """
    return F.softplus(rejected - chosen)


def preference_loss__minus_probability(chosen, rejected):
    """Minimizes minus the probability.

    Hint: probability
    """
    return -torch.sigmoid(chosen - rejected).mean()


def preference_loss__margin_ranking(chosen, rejected):
    """Takes PyTorch's ranking loss with a margin of 1.

    Hint: hinge
    """
    return F.margin_ranking_loss(chosen, rejected, torch.ones_like(chosen), margin=1.0)


def preference_loss__mean_inside(chosen, rejected):
    """Averages the rewards first.

    Hint: none
    """
    return -F.logsigmoid(chosen.mean() - rejected.mean())


class RewardModel__minus_one(OurRewardModel):
    """Takes the last column.

    Hint: last_place
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        return self.head(h)[:, -1, 0]


class RewardModel__cls(OurRewardModel):
    """Does as with an encoder.

    Hint: first_token
    """

    def forward(self, ids, attention_mask):
        return self.head(self.body(ids, attention_mask)[:, 0]).squeeze(1)


class RewardModel__two_axes(OurRewardModel):
    """Leaves the axis of the head.

    Hint: a_column
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        end = attention_mask.long().sum(1) - 1
        return self.head(h[torch.arange(h.size(0)), end])


class RewardModel__pooled(OurRewardModel):
    """Averages real tokens.

    Hint: mean
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        m = attention_mask.unsqueeze(-1).float()
        return self.head((h * m).sum(1) / m.sum(1))[:, 0]


class RewardModel__finds_zero(OurRewardModel):
    """Looks for the first padding by its id.

    Hint: none
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        ends = []
        for row in ids:
            zero = (row == 0).nonzero()
            ends.append(int(zero[0]) - 1 if len(zero) else len(row) - 1)
        return self.head(h[torch.arange(len(ids)), torch.tensor(ends)]).squeeze(-1)


class RewardModel__everyone(OurRewardModel):
    """Ignores the mask in the body.

    Hint: all_tokens_real
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, torch.full(ids.shape, True))
        end = attention_mask.sum(1) - 1
        return self.head(h[torch.arange(len(h)), end]).flatten()


class RewardModel__sigmoid(OurRewardModel):
    """Makes a probability.

    Hint: squashed
    """

    def forward(self, ids, attention_mask):
        h = self.body(ids, attention_mask)
        end = attention_mask.sum(1) - 1
        return torch.sigmoid(self.head(h[torch.arange(len(h)), end]).flatten())


def pair_accuracy__greater_equal(chosen, rejected):
    """Counts ties as right.

    Hint: ties_count_whole
    """
    return sum(c >= r for c, r in zip(chosen.tolist(), rejected.tolist())) / len(chosen)


def pair_accuracy__strict(chosen, rejected):
    """Counts ties as wrong.

    Hint: ties_count_nothing
    """
    return sum(c > r for c, r in zip(chosen.tolist(), rejected.tolist())) / len(chosen)


def pair_accuracy__errors(chosen, rejected):
    """Counts what is wrong.

    Hint: other_way
    """
    d = chosen - rejected
    return float(((d < 0) + 0.5 * (d == 0)).mean())


def pair_accuracy__tensor(chosen, rejected):
    """Leaves it a tensor.

    Hint: a_tensor
    """
    d = chosen - rejected
    return ((d > 0) + 0.5 * (d == 0)).mean()


def pair_accuracy__counted(chosen, rejected):
    """Counts.

    Hint: number_of_pairs
    """
    return float((chosen > rejected).sum()) + 0.5 * float((chosen == rejected).sum())


def pair_accuracy__confidence(chosen, rejected):
    """Averages the probabilities.

    Hint: probability
    """
    return (1 / (1 + (rejected - chosen).exp())).mean().item()


def token_log_probs__temperature_left_out(logits, ids, temperature):
    """Does not know what the temperature is for.

    Hint: no_temperature
    """
    lp = F.log_softmax(logits, dim=-1)
    return lp[:, :-1].gather(2, ids[:, 1:].unsqueeze(2)).squeeze(2)


def token_log_probs__multiplied(logits, ids, temperature):
    """Multiplies.

    Hint: times_temperature
    """
    lp = F.log_softmax(logits * temperature, dim=-1)
    return lp[:, :-1].gather(2, ids[:, 1:].unsqueeze(2)).squeeze(2)


def token_log_probs__no_shift(logits, ids, temperature):
    """Asks each place about its own token.

    Hint: same_place
    """
    lp = F.log_softmax(logits / temperature, dim=-1)
    return lp.gather(2, ids.unsqueeze(2)).squeeze(2)


def token_log_probs__probs(logits, ids, temperature):
    """Forgets the logarithm.

    Hint: probabilities
    """
    p = F.softmax(logits[:, :-1] / temperature, -1)
    return torch.take_along_dim(p, ids[:, 1:, None], -1)[..., 0]


def token_log_probs__nll(logits, ids, temperature):
    """Uses cross-entropy as it is.

    Hint: negative
    """
    if ids.shape[1] < 2:
        return logits[:, :0, 0]
    return F.cross_entropy((logits[:, :-1] / temperature).mT, ids[:, 1:], reduction="none")


def token_log_probs__log_of_softmax(logits, ids, temperature):
    """Takes the logarithm afterwards.

    Hint: underflow
    """
    p = torch.softmax(logits[:, :-1] / temperature, -1)
    return torch.log(torch.take_along_dim(p, ids[:, 1:, None], -1)[..., 0])


def token_log_probs__cooled_afterwards(logits, ids, temperature):
    """Divides at the end.

    Hint: after_the_softmax
    """
    lp = torch.log_softmax(logits[:, :-1], -1)
    return torch.take_along_dim(lp, ids[:, 1:, None], -1)[..., 0] / temperature


def token_log_probs__summed(logits, ids, temperature):
    """Adds up each text.

    Hint: none
    """
    lp = torch.log_softmax(logits[:, :-1] / temperature, -1)
    return torch.take_along_dim(lp, ids[:, 1:, None], -1)[..., 0].sum(1)


def kl_estimates__upside_down(policy, reference):
    """Has the sides swapped everywhere.

    Hint: all_swapped
    """
    r = policy - reference
    return -r, r.pow(2) / 2, r.exp() - 1 - r


def kl_estimates__square(policy, reference):
    """Forgets the half.

    Hint: not_half
    """
    r = reference - policy
    return -r, r.pow(2), torch.exp(r) - 1 - r


def kl_estimates__ratio_in_k3(policy, reference):
    """Has the ratio of the policy to the reference in k3 only.

    Hint: wrong_sign
    """
    logr = policy - reference
    return logr, 0.5 * logr**2, logr.exp() - 1 - logr


def kl_estimates__expm1(policy, reference):
    """Leaves the control variate out.

    Hint: ratio_only
    """
    r = reference - policy
    return -r, r * r / 2, torch.expm1(r)


def kl_estimates__averaged(policy, reference):
    """Returns three numbers.

    Hint: means
    """
    r = reference - policy
    return (-r).mean(), (r**2).mean() / 2, (r.exp() - 1 - r).mean()


def kl_estimates__abs(policy, reference):
    """Makes k1 positive.

    Hint: absolute
    """
    r = reference - policy
    return torch.abs(r), r**2 / 2, r.exp() - r - 1


def kl_estimates__plus(policy, reference):
    """Adds d in k3.

    Hint: in_place_of_d
    """
    r = reference - policy
    return -r, r**2 / 2, r.exp() + r - 1


def shaped_reward__bonus(scores, policy, reference, mask, weight):
    """Adds the distance.

    Hint: paid_for_distance
    """
    r = weight * (policy - reference) * 1.0
    r[~mask] = 0
    for i in range(len(scores)):
        r[i, mask[i].nonzero().max()] += scores[i]
    return r


def shaped_reward__at_the_end(scores, policy, reference, mask, weight):
    """Puts the score into the last column.

    Hint: last_column
    """
    r = torch.where(mask, -weight * (policy - reference), 0.0)
    r[:, -1] += scores
    return r * 1.0


def shaped_reward__all_tokens(scores, policy, reference, mask, weight):
    """Gives each token the score.

    Hint: score_everywhere
    """
    return torch.where(mask, scores.unsqueeze(1) - weight * (policy - reference), 0.0)


def shaped_reward__full_price(scores, policy, reference, mask, weight):
    """Forgets the weight.

    Hint: no_weight
    """
    r = torch.where(mask, reference - policy, 0.0)
    for i in range(len(scores)):
        r[i, mask[i].nonzero().max()] += scores[i]
    return r


def shaped_reward__at_the_start(scores, policy, reference, mask, weight):
    """Gives the score to the first one written.

    Hint: first_token
    """
    r = torch.where(mask, weight * (reference - policy), 0.0)
    for i in range(len(scores)):
        r[i, mask[i].nonzero().min()] += scores[i]
    return r


def shaped_reward__by_length(scores, policy, reference, mask, weight):
    """Takes the number of tokens for the place.

    Hint: count_is_place
    """
    r = weight * (reference - policy)
    last = mask.sum(1) - 1
    r[torch.arange(len(r)), last] += scores
    return r.masked_fill(~mask, 0.0)


def shaped_reward__set_not_added(scores, policy, reference, mask, weight):
    """Overwrites the cost of the last token.

    Hint: last_is_free
    """
    r = torch.where(mask, weight * (reference - policy), 0.0)
    for i in range(len(scores)):
        r[i, mask[i].nonzero().max()] = scores[i]
    return r


def whiten__everything(values, mask):
    """Whitens the whole table.

    Hint: over_everything
    """
    v = torch.nan_to_num(values)
    return ((v - v.mean()) / (v.var(unbiased=False) + 1e-8) ** 0.5).masked_fill(~mask, 0)


def whiten__bessel(values, mask):
    """Uses `std` as it comes.

    Hint: one_less
    """
    v = values[mask]
    s = v.std() if v.numel() > 1 else torch.tensor(1.0)
    return torch.where(mask, (values - v.mean()) / (s**2 + 1e-8).sqrt(), torch.tensor(0.0))


def whiten__centred(values, mask):
    """Only centres.

    Hint: only_shifted
    """
    return torch.where(mask, values - values[mask].mean(), 0.0)


def whiten__no_eps(values, mask):
    """Divides by zero.

    Hint: nothing_added
    """
    v = values[mask]
    return torch.where(mask, (values - v.mean()) / v.std(unbiased=False), 0.0)


def whiten__var(values, mask):
    """Divides by the variance.

    Hint: by_the_variance
    """
    v = values[mask]
    return torch.where(mask, (values - v.mean()) / (v.var(unbiased=False) + 1e-8), 0.0)


def whiten__flat(values, mask):
    """Returns a flat list of numbers.

    Hint: only_the_real
    """
    v = values.masked_select(mask)
    return (v - v.mean()) / torch.sqrt(((v - v.mean()) ** 2).mean() + 1e-8)


def whiten__scaled_to_one(values, mask):
    """Scales to between 0 and 1.

    Hint: none
    """
    v = values[mask]
    width = (v.max() - v.min()).clamp(min=1e-8)
    return torch.where(mask, (values - v.min()) / width, 0.0)


def group_advantages__global(scores):
    """Normalizes over all.

    Hint: over_the_batch
    """
    return (scores - scores.mean()) / (scores.std(unbiased=False) + 1e-4)


def group_advantages__columns(scores):
    """Takes the other axis.

    Hint: across_groups
    """
    return (scores - scores.mean(0)) / (scores.std(0, unbiased=False) + 1e-4)


def group_advantages__baseline_only(scores):
    """As in Dr. GRPO, without the division.

    Hint: not_divided
    """
    return scores - scores.mean(-1, keepdim=True)


def group_advantages__torch_std(scores):
    """Leaves PyTorch's correction.

    Hint: one_less
    """
    d = scores - scores.mean(1, keepdim=True)
    if scores.shape[1] == 1:
        return d
    return d / (scores.std(1, keepdim=True) + 1e-4)


def group_advantages__nan(scores):
    """Divides 0 by 0.

    Hint: nothing_added
    """
    return (scores - scores.mean(1, keepdim=True)) / scores.std(1, keepdim=True, unbiased=False)


def group_advantages__leave_one_out(scores):
    """RLOO's baseline.

    Hint: without_itself
    """
    k = scores.shape[1]
    if k == 1:
        return torch.zeros_like(scores)
    others = (scores.sum(1, keepdim=True) - scores) / (k - 1)
    return (scores - others) / (scores.std(1, keepdim=True, unbiased=False) + 1e-4)


def group_advantages__softmax(scores):
    """Makes shares of the scores.

    Hint: none
    """
    return scores.softmax(dim=1) - 1 / scores.shape[1]


def reinforce_loss__ascent(log_probs, advantages, mask):
    """Forgets the minus.

    Hint: other_sign
    """
    return (log_probs * advantages.detach())[mask].mean()


def reinforce_loss__mean_of_all(log_probs, advantages, mask):
    """Divides by all places.

    Hint: whole_batch
    """
    return -torch.where(mask, log_probs * advantages.detach(), 0.0).mean()


def reinforce_loss__added(log_probs, advantages, mask):
    """Adds up.

    Hint: sum
    """
    return -torch.where(mask, log_probs * advantages.detach(), 0.0).sum()


def reinforce_loss__not_detached(log_probs, advantages, mask):
    """Lets gradients into the advantages.

    Hint: through_the_past
    """
    return -(log_probs[mask] * advantages[mask]).mean()


def reinforce_loss__by_story(log_probs, advantages, mask):
    """A mean for each story first.

    Hint: mean_of_stories
    """
    x = torch.where(mask, log_probs * advantages.detach(), 0.0)
    return -torch.stack([row.sum() / m.sum() for row, m in zip(x, mask)]).mean()


def reinforce_loss__likelihood(log_probs, advantages, mask):
    """Clones all tokens.

    Hint: no_advantage
    """
    return -log_probs[mask].mean()


def reinforce_loss__probs(log_probs, advantages, mask):
    """Uses probabilities.

    Hint: probabilities
    """
    return -(advantages.detach()[mask] * torch.exp(log_probs[mask])).mean()


def ppo_loss__plus(new, old, advantages, mask, clip=0.2):
    """Forgets the minus.

    Hint: other_sign
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return torch.min(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__max_of_objectives(new, old, advantages, mask, clip=0.2):
    """Copies the max of a library, whose losses are negative.

    Hint: maximum
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -torch.max(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__no_minimum(new, old, advantages, mask, clip=0.2):
    """Only the clipped product.

    Hint: clipped_only
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -(a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__importance_only(new, old, advantages, mask, clip=0.2):
    """No clip at all.

    Hint: not_clipped
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -(a * r)[mask].mean()


def ppo_loss__gradient_in_old(new, old, advantages, mask, clip=0.2):
    """Detaches nothing.

    Hint: old_learns
    """
    r = torch.exp(new - old)
    return torch.max(-advantages * r, -advantages * r.clamp(1 - clip, 1 + clip))[mask].mean()


def ppo_loss__all_places(new, old, advantages, mask, clip=0.2):
    """Divides by all places.

    Hint: whole_batch
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    x = torch.min(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))
    return -torch.where(mask, x, 0.0).mean()


def ppo_loss__inverse(new, old, advantages, mask, clip=0.2):
    """Old over new.

    Hint: ratio_upside_down
    """
    a, r = advantages.detach(), torch.exp(old.detach() - new)
    return -torch.min(a * r, a * torch.clamp(r, 1 - clip, 1 + clip))[mask].mean()


def ppo_loss__always_0_2(new, old, advantages, mask, clip=0.2):
    """A number in place of the argument.

    Hint: clip_ignored
    """
    a, r = advantages.detach(), torch.exp(new - old.detach())
    return -torch.min(a * r, a * torch.clamp(r, 0.8, 1.2))[mask].mean()


def clip_fraction__outside(new, old, advantages, mask, clip=0.2):
    """All ratios outside, as many libraries count.

    Hint: both_signs
    """
    r = torch.exp(new - old)
    return ((r - 1).abs() > clip)[mask].float().mean().item()


def clip_fraction__swapped(new, old, advantages, mask, clip=0.2):
    """The wrong sides.

    Hint: signs_swapped
    """
    r = torch.exp(new - old)
    hit = ((r > 1 + clip) & (advantages < 0)) | ((r < 1 - clip) & (advantages > 0))
    return hit[mask].float().mean().item()


def clip_fraction__one_side(new, old, advantages, mask, clip=0.2):
    """Only the upper side.

    Hint: above_only
    """
    r = torch.exp(new - old)
    return ((r > 1 + clip) & (advantages > 0))[mask].float().mean().item()


def clip_fraction__padding_too(new, old, advantages, mask, clip=0.2):
    """Counts all places.

    Hint: no_mask
    """
    r = torch.exp(new - old)
    return (r * advantages > r.clamp(1 - clip, 1 + clip) * advantages).float().mean().item()


def clip_fraction__divides_by_all(new, old, advantages, mask, clip=0.2):
    """Hits among the real ones, divided by all places.

    Hint: whole_batch
    """
    r = torch.exp(new - old)
    hit = (r * advantages > r.clamp(1 - clip, 1 + clip) * advantages) & mask
    return hit.sum().item() / hit.numel()


def clip_fraction__number(new, old, advantages, mask, clip=0.2):
    """Counts.

    Hint: count
    """
    r = torch.exp(new - old)
    hit = (r * advantages > r.clamp(1 - clip, 1 + clip) * advantages) & mask
    return float(hit.sum())


def clip_fraction__log_space(new, old, advantages, mask, clip=0.2):
    """Compares logarithms.

    Hint: of_the_logs
    """
    d = new - old
    hit = ((d > clip) & (advantages > 0)) | ((d < -clip) & (advantages < 0))
    return hit[mask].float().mean().item()


def grpo_loss__raw_scores(new, old, reference, scores, mask, weight):
    """Forgets the groups.

    Hint: scores_themselves
    """
    a = scores.reshape(-1, 1).expand(new.shape)
    return ppo_loss(new, old, a, mask) + weight * kl_estimates(new, reference)[2][mask].mean()


def grpo_loss__first_estimator(new, old, reference, scores, mask, weight):
    """k1 in the loss.

    Hint: k1
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    return ppo_loss(new, old, a, mask) + weight * (new - reference)[mask].mean()


def grpo_loss__minus_kl(new, old, reference, scores, mask, weight):
    """Subtracts, as the objective in the paper does.

    Hint: distance_paid
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = reference - new
    return ppo_loss(new, old, a, mask) - weight * (d.exp() - d - 1)[mask].mean()


def grpo_loss__without_reference(new, old, reference, scores, mask, weight):
    """Leaves the reference out.

    Hint: no_distance
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    return ppo_loss(new, old, a, mask)


def grpo_loss__old_for_reference(new, old, reference, scores, mask, weight):
    """Compares with the old policy.

    Hint: from_the_old
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = old.detach() - new
    return ppo_loss(new, old, a, mask) + weight * (d.exp() - d - 1)[mask].mean()


def grpo_loss__plain_kl(new, old, reference, scores, mask, weight):
    """No weight.

    Hint: no_weight
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = reference - new
    return ppo_loss(new, old, a, mask) + (d.exp() - d - 1)[mask].mean()


def grpo_loss__kl_of_all_places(new, old, reference, scores, mask, weight):
    """The mask only in PPO.

    Hint: distance_everywhere
    """
    a = group_advantages(scores).reshape(-1, 1).expand(new.shape)
    d = reference - new
    return ppo_loss(new, old, a, mask) + weight * (d.exp() - d - 1).mean()


def best_of_n__all_columns(scores, n):
    """Ignores n.

    Hint: of_all
    """
    return torch.max(scores, dim=-1)[1]


def best_of_n__value(scores, n):
    """Returns the score.

    Hint: score
    """
    return torch.max(scores[:, :n], dim=-1)[0]


def best_of_n__smallest(scores, n):
    """Takes the lowest.

    Hint: worst
    """
    return torch.argsort(scores[:, :n], dim=1, stable=True)[:, 0]


def best_of_n__sorted_last(scores, n):
    """Sorts, and takes the last: of equals, the last one.

    Hint: last_of_equals
    """
    return torch.argsort(scores[:, :n], dim=1, stable=True)[:, -1]


def best_of_n__too_many(scores, n):
    """One too many.

    Hint: one_more
    """
    return torch.stack([row[: n + 1].argmax() for row in scores])


def best_of_n__first_axis(scores, n):
    """Wrong axis.

    Hint: of_a_column
    """
    return torch.max(scores[:, :n], dim=0)[1]


def best_of_n_kl__log_n(n):
    """Only log n.

    Hint: only_the_logarithm
    """
    return float(torch.tensor(float(n), dtype=torch.float64).log())


def best_of_n_kl__in_bits(n):
    """In bits.

    Hint: bits
    """
    return math.log(n, 2) - 1 + 1 / n


def best_of_n_kl__minus_one_over_n(n):
    """Takes 1/n away.

    Hint: one_over_n
    """
    return math.log(n) - 1 / n


def best_of_n_kl__plus(n):
    """Adds what is to be taken away.

    Hint: added
    """
    return math.log(n) + 1 - 1 / n


def best_of_n_kl__turned(n):
    """Has the sign turned round.

    Hint: negative
    """
    return 1 - 1 / n - math.log(n)


def best_of_n_kl__base_ten(n):
    """Takes the other logarithm.

    Hint: decimal
    """
    return math.log(n, 10) - (n - 1) / n
