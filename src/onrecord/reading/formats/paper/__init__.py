"""Printed and scanned pages."""
