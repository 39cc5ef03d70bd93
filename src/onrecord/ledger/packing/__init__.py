"""A desk's record as one file that a stranger can check."""
