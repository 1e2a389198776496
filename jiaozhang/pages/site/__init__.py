"""Pages about the site as a whole: home, method, search, the site map, redirects."""
