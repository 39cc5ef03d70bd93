"""The desk for programs: the same words as the command line, as JSON."""
