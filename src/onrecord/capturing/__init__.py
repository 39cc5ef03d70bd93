"""The web to a desk: addresses and feeds are fetched, archived as they came, and entered."""
