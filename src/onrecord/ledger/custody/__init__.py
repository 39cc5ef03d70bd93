"""The chain of custody: the desk held against itself, and against heads told outside it."""
