"""What changed on a desk, told once and in order to those who wait for it."""
