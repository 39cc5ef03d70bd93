"""Formats that are parsed in C or at length are read by a process of its own, within limits."""
