"""Which parties of a story are one: features of pairs, a fitted scorer, clusters."""
