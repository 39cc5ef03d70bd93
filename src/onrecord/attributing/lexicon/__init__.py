"""Word lists of the name, role and act grammars."""
