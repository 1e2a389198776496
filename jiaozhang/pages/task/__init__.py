"""A task's own page and its parts."""
