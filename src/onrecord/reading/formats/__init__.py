"""One reader a format; the registry lists them in the order in which they are asked."""
