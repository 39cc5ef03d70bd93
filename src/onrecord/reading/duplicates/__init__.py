"""Near copies of one report, and versions of one page."""
