"""What outlets change: versions of a report, corrections, and what differs between two tellings of a story."""
