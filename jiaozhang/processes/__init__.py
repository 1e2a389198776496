"""Work in processes of its own: side by side, or under limits."""
