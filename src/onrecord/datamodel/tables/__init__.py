"""A story's rows as tables."""
