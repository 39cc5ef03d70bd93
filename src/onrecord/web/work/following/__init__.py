"""What waits for somebody, and what others did."""
