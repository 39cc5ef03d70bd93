"""What a story needs beyond the learned tagger's tags: what it passes over, and statements taken apart or trimmed."""
