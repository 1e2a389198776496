"""The wall: which records an audience may know, and the reviews that decide it."""
