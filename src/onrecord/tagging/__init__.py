"""Text to spans with scores."""
