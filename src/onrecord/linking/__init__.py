"""Attributions to claims, quotes and conflicts."""
