"""Reports and notes that come onto the desk, and between its stories, by forms."""
