"""A story for the tools of investigators."""
