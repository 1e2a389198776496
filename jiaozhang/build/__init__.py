"""From content to a site in memory, and back from a page to its facts."""
