"""Out to learning platforms: the files that they import, with their own ids."""
