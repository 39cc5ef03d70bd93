"""A checked draft to text, JSON, SARIF and a marked page."""
