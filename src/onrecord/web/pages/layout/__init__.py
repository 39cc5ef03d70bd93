"""What pages share: a view of a story, tables, marked passages, and the answer that a browser gets."""
