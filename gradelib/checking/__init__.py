"""Ask an answer, compare it, judge it, say so. Staged whole into kernels; ships to students."""
