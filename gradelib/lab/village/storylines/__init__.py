"""The plots: each is a sequence of nodes that tells one kind of story."""
