"""What people noted on reports elsewhere, as notes on the statements whose words they anchor to."""
