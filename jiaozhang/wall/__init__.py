"""The audience filter ("wall"): which records an audience may see, and the reviews behind that."""
