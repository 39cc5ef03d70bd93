"""Which passages of a report's text are not its running prose."""
