"""The only memory: append-only entries, the archive of captures, and the chain of custody."""
