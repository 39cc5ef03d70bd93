"""Reports and tags to attributions."""
