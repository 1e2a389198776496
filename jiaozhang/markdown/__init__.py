"""The Markdown of notes and notices: read, rendered, cleaned, and compared with its source."""
