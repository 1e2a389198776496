"""Rendering pages to bytes with sandboxed templates, and checking every link."""
