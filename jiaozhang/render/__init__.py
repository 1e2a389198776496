"""Pages become bytes: templates in a sandbox, and a check of every link."""
