"""Notices: grammar of deadlines, duties and targets; the lock of the text; and the import."""
