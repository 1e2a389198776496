"""The rules of MDN's HTTP Observatory: what each answer of a server is worth.

The names and modifiers are those of its score table (mdn-http-observatory, src/grader/charts.js) as
of 2026; what this site cannot have (a certificate everybody trusts, HSTS preloading) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from servers import Answer

MODIFIERS = {
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-not-implemented": -25,
    "cookies-not-found": 0,
    "cookies-without-secure-flag": -20,
    "cross-origin-resource-sharing-not-implemented": 0,
    "cross-origin-resource-sharing-implemented-with-universal-access": -50,
    "redirection-to-https": 0,
    "redirection-off-host-from-http": -5,
    "redirection-not-to-https": -20,
    "redirection-missing": -20,
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-not-implemented-but-external-scripts-loaded-securely": -5,
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-not-implemented": -20,
    "cross-origin-resource-policy-implemented-with-same-origin": 10,
    "cross-origin-resource-policy-not-implemented": 0,
    "coep-not-implemented": 0,
    "coop-implemented-with-same-origin": 10,
    "coop-not-implemented": 0,
}
EXTRA_CREDIT_FROM = 90
SIX_MONTHS = 15768000
BROAD = {"ftp:", "http:", "https:", "*", "http://*", "https://*"}


def score(results: list[str]) -> int:
    """100 and what is taken off; what is added counts only for a site that is good already."""
    modifiers = [MODIFIERS[result] for result in results]
    base = 100 + sum(modifier for modifier in modifiers if modifier < 0)
    extra = sum(modifier for modifier in modifiers if modifier > 0)
    return max(0, base + extra if base >= EXTRA_CREDIT_FROM else base)


def results(page: Answer, door: Answer, host: str) -> Iterator[str]:
    """The result of every rule: `page` came with TLS, `door` is what plain http answered."""
    yield from (_policy(page), _frames(page), _cookies(page), _sharing(page), _door(door, host))
    yield from (_referrer(page), _hsts(page), _scripts(page))
    yield _stated(page, "X-Content-Type-Options", "nosniff", "x-content-type-options-nosniff")
    for name, code in (
        ("Cross-Origin-Resource-Policy", "cross-origin-resource-policy"),
        ("Cross-Origin-Opener-Policy", "coop"),
    ):
        yield _stated(page, name, "same-origin", f"{code}-implemented-with-same-origin")
    yield "coep-not-implemented"


def _sources(page: Answer) -> dict[str, set[str]]:
    parts = (part.split() for part in page["Content-Security-Policy"].split(";"))
    return {words[0]: set(words[1:]) for words in parts if words}


def _policy(page: Answer) -> str:
    own = _sources(page)
    if not own:
        return "csp-not-implemented"
    fallback = own.get("default-src", {"*"})
    script, style = own.get("script-src", fallback), own.get("style-src", fallback)
    if script & (BROAD | {"'unsafe-inline'", "data:"}) or own.get("object-src", fallback) & BROAD:
        return "csp-implemented-with-unsafe-inline"
    if any(source.startswith(("http:", "ftp:")) for sources in own.values() for source in sources):
        return "csp-implemented-with-insecure-scheme"
    if "'unsafe-eval'" in script | style:
        return "csp-implemented-with-unsafe-eval"
    if style & (BROAD | {"'unsafe-inline'", "data:"}):
        return "csp-implemented-with-unsafe-inline-in-style-src-only"
    none = "-default-src-none" if own.get("default-src") == {"'none'"} else ""
    return f"csp-implemented-with-no-unsafe{none}"


def _frames(page: Answer) -> str:
    ancestors = _sources(page).get("frame-ancestors", {"*"})
    via_csp = not ancestors & BROAD
    return f"x-frame-options-{'implemented-via-csp' if via_csp else 'not-implemented'}"


def _cookies(page: Answer) -> str:
    return "cookies-without-secure-flag" if page["Set-Cookie"] else "cookies-not-found"


def _sharing(page: Answer) -> str:
    shared = page["Access-Control-Allow-Origin"]
    how = "implemented-with-universal-access" if shared else "not-implemented"
    return f"cross-origin-resource-sharing-{how}"


def _door(door: Answer, host: str) -> str:
    if not 300 <= door.status < 400:
        return "redirection-missing"
    to = urlsplit(door["Location"])
    if to.scheme != "https":
        return "redirection-not-to-https"
    return "redirection-to-https" if to.hostname == host else "redirection-off-host-from-http"


def _referrer(page: Answer) -> str:
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    stated = page["Referrer-Policy"]
    if not stated:
        return "referrer-policy-not-implemented"
    return f"referrer-policy-{'private' if stated in private else 'unsafe'}"


def _hsts(page: Answer) -> str:
    age = re.search(r"max-age=(\d+)", page["Strict-Transport-Security"])
    if not age:
        return "hsts-not-implemented"
    how = "at-least" if int(age[1]) >= SIX_MONTHS else "less-than"
    return f"hsts-implemented-max-age-{how}-six-months"


def _scripts(page: Answer) -> str:
    """Foreign scripts only; the extra credit for integrity on one's own is not asked for."""
    foreign = re.search(rb"<script[^>]*src=\"?(https?:)?//", page.body)
    how = "external-scripts-loaded-securely" if foreign else "all-scripts-loaded-from-secure-origin"
    return f"sri-not-implemented-but-{how}"


def _stated(page: Answer, name: str, value: str, code: str) -> str:
    rule = code.partition("-implemented")[0].removesuffix("-nosniff")
    return code if page[name] == value else f"{rule}-not-implemented"
