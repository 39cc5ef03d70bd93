"""Documents that a story turns on, from the words around their mentions."""
