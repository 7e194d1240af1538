"""What notebook 11 asks: a reward model, distance and advantages, policy losses, the best of n."""

SECTIONS = ("rewards", "distance", "advantages", "policies", "groups", "choice")
