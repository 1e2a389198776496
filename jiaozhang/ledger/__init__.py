"""The data: what was filed, and what an audience may know of it."""
