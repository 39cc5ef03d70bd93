"""What a terminal shows: output and progress."""
