"""Paths to files, their ids and what meta.json says about them."""
