"""The commands over a desk."""
