"""Building a site in memory from content, and explaining where a page's facts come from."""
