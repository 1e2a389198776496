"""Parse, render, sanitise and verify the Markdown of notes and notices."""
