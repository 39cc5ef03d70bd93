"""The words of a source, read."""
