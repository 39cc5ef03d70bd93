"""Attacks at length: what fuzzing, tampering and killing cost."""
