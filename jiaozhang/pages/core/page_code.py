"""QR codes: a page's address as a picture, in a file of its own that is loaded for print alone."""

from __future__ import annotations

import io

from jiaozhang.cache import recall
from jiaozhang.derive import Derived
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import FilePage

_QUIET = 4  # modules of blank around a code (ISO/IEC 18004)


def page_codes(derived: Derived, address: str) -> tuple[FilePage, ...]:
    """The code of a page; none where the site's own address is not known."""
    base = derived.record.site.base_url
    if not base:
        return ()
    return (FilePage(addresses.code(address), _svg(f"{base}/{address}"), ("site",)),)


def _svg(url: str) -> str:
    def make() -> str:
        import segno  # imported here: not needed if all codes are cached

        out = io.BytesIO()
        code = segno.make_qr(url, error="m")
        code.save(
            out, kind="svg", xmldecl=False, border=_QUIET, omitsize=True, light="#fff",
            svgclass=None, lineclass=None,
        )  # fmt: skip
        return out.getvalue().decode()

    return recall("code", url, make)
