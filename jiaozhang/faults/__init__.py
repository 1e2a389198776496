"""Diagnostics (faults with their places), their messages, and their output formats."""
