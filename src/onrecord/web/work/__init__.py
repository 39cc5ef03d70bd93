"""The working side of the desk: forms that decide, undo, add and withdraw, and what others did meanwhile."""
