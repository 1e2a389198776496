"""Edit content files for an editor, leaving everything else in a file unchanged."""
