"""Tests of what refines tags for a story."""
