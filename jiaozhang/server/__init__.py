"""How a site is served: the configuration of nginx, and the preview while editing."""
