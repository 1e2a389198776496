"""Releases: a commit's site, written whole, swapped in by one link, kept, logged and reversible.

Knows folders, git and the clock it is given; nothing of what the pages say.
"""
