"""The content security policy: a page loads nothing but what its own site holds."""

from __future__ import annotations


def policy(*connections: str) -> str:
    """The policy as a header; `connections` are what scripts may connect to besides the site."""
    connect = " ".join(("'self'", *connections))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
