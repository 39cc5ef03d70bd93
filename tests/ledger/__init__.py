"""The desk, on both stores."""
