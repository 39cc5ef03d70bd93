"""Tests of what is taken from the web."""
