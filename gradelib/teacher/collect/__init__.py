"""Take in what students handed in, and rebuild of it what is to be graded."""
