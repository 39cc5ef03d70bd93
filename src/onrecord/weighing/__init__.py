"""Attributions of a claim to its origins and its standing."""
