"""Who said what, through whom, since when, and whether it still stands."""
