"""When something was said: time expressions, dates, the timeline."""
