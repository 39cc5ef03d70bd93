"""Packed weights with their manifest and model card."""
