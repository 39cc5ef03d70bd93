"""The checks themselves: house rules, sourcing, standing, and each statement beside the record."""
