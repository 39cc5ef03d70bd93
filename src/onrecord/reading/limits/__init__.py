"""How much of foreign bytes is read."""
