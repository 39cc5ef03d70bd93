"""People's decisions, found again after re-runs and applied where they were meant."""
