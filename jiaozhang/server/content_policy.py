"""The content security policy: pages load only resources of their own site."""

from __future__ import annotations


def policy(*connections: str) -> str:
    """The header's value; `connections` are further targets to which scripts may connect."""
    connect = " ".join(("'self'", *connections))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        f"connect-src {connect}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
