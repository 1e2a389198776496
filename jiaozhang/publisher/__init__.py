"""Releases: a commit's site, written completely, made live by one symlink, logged, revertible.

Depends on the file system, git and a clock; knows nothing of the pages' content.
"""
