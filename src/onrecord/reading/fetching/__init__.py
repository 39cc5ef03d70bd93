"""Addresses to web archives, through one guard."""
