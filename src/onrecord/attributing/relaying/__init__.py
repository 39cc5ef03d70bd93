"""Who passed a statement on: the candidates that a report names, and a learned choice among them."""
