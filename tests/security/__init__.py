"""Attempts against the product, by kind: each ends in a refusal or a note, never in a loss."""
