"""Pages of where statements come from: reports, their versions, outlets and speakers."""
