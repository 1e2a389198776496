"""The notice: its language (deadlines, duties, targets), its lock, and its import."""
