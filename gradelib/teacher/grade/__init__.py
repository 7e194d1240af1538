"""Grade a week: judge what kernels answered, keep it, and write it down."""
