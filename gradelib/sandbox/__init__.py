"""Fork kernels and shut them in. Staged whole into kernels; does not ship to students."""
