"""The rules' grammar: typography and parsed clauses to attributions."""
