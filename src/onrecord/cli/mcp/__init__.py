"""The desk for assistants, over the Model Context Protocol: read-only, on standard input and output."""
