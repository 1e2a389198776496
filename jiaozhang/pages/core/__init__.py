"""Shared parts of pages: addresses, frame, table rows, status marks and timeline."""
