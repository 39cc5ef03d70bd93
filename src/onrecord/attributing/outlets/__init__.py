"""Outlets that reports name: where, and the parties that they are."""
