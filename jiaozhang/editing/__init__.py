"""Changes to content files on behalf of an editor; nothing else in a file is touched."""
