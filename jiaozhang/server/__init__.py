"""Serving a site: the configuration of nginx, and the preview for editors."""
