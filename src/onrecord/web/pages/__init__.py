"""Pages for reading: stories, claims, reports and what else a desk holds."""
