"""A story in formats that other programs read, and that are read back here."""
