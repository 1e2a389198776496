"""Addresses of all pages and files. Published addresses never change, so each is defined once,
here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

from jiaozhang.derive.attention import AttentionKey
from jiaozhang.derive.duties import Role
from jiaozhang.ledger.public import (
    ClauseKind,
    DistrictId,
    LeaderId,
    SectionNumber,
    TaskNumber,
    UnitId,
)
from jiaozhang.ledger.settings import StandingKey

HOME = ""
ABOUT = "about/"
SITE_MAP = "map/"
SEARCH = "search/"
NOT_FOUND = "404.html"
PAGES = "sitemap.xml"
ROBOTS = "robots.txt"
FOR_AGENTS = "llms.txt"


def year(number: int) -> str:
    return f"{number}/"


def year_of(address: str) -> int | None:
    """The year of a page; None for pages of the whole site."""
    first = address.partition("/")[0]
    return int(first) if first.isdigit() else None


def is_list(address: str) -> bool:
    """Tell whether a page is a year's list, rather than one item of it."""
    return address.count("/") == 2


def tasks(of: int, answer: str = "") -> str:
    """The list of all tasks of a year, or of those with one value of a filter."""
    return f"{of}/tasks/{answer}/" if answer else f"{of}/tasks/"


def promised(of: int, kind: ClauseKind) -> str:
    return tasks(of, kind)


def standing(of: int, key: StandingKey) -> str:
    return tasks(of, key)


def attention(of: int, key: AttentionKey) -> str:
    """The tasks that answer a question: what is late, due next, new, or without a record."""
    return tasks(of, key)


def targets(of: int) -> str:
    return f"{of}/targets/"


def month(of: int, name: str) -> str:
    """The tasks with a deadline in a month, named as 2025-06."""
    return tasks(of, f"due-{name}")


def role(of: int, name: Role) -> str:
    return tasks(of, name)


def task(of: int, number: TaskNumber) -> str:
    return f"{of}/tasks/{number:03}/"


def attachment(of: int, number: TaskNumber, note: str, name: str) -> str:
    return f"{task(of, number)}{note}/{name}"


def sections(of: int) -> str:
    return f"{of}/sections/"


def section(of: int, number: SectionNumber) -> str:
    return f"{of}/sections/{number}/"


def units(of: int) -> str:
    return f"{of}/units/"


def unit(of: int, id_: UnitId) -> str:
    return f"{of}/units/{id_}/"


def districts(of: int) -> str:
    return f"{of}/districts/"


def district(of: int, id_: DistrictId) -> str:
    return f"{of}/districts/{id_}/"


def leaders(of: int) -> str:
    return f"{of}/leaders/"


def leader(of: int, id_: LeaderId) -> str:
    return f"{of}/leaders/{id_}/"


def deadlines(of: int) -> str:
    return f"{of}/deadlines/"


def notice(of: int) -> str:
    return f"{of}/notice/"


def data(of: int, file: str = "") -> str:
    """The page of a year's data, or a file in its folder."""
    return f"{of}/data/{file}"


def updates(of: int, page: int = 1) -> str:
    return f"{of}/updates/" if page == 1 else f"{of}/updates/{page}/"


def feed(page: str, part: int = 1) -> str:
    """The feed of a page, in the same folder; a long one has further parts."""
    return f"{page}feed.xml" if part == 1 else f"{page}feed-{part}.xml"


def code(page: str) -> str:
    """The QR code of a page's address, in the same folder."""
    return f"{page}qr.svg"


def markdown(page: str) -> str:
    """The text of a page as Markdown, in the same folder."""
    return f"{page}index.md"


def workbook(folder: str) -> str:
    return f"{folder}tasks.xlsx"


def calendar(page: str) -> str:
    return f"{page}deadlines.ics"


def chart(of: int) -> str:
    return f"{of}/chart/"


def corrections(of: int) -> str:
    return f"{of}/corrections/"


def periods(of: int) -> str:
    return f"{of}/periods/"


def period(of: int, name: str) -> str:
    return f"{of}/periods/{name.lower()}/"


def themes(of: int) -> str:
    return f"{of}/themes/"


def theme(of: int, slug: str) -> str:
    return f"{of}/themes/{slug}/"


def blockers(of: int) -> str:
    return f"{of}/blockers/"


def verifications(of: int) -> str:
    return f"{of}/verifications/"


def reviews(of: int) -> str:
    return f"{of}/reviews/"


def owed(of: int, file: str = "") -> str:
    return f"{of}/owed/{file}"


def search_file(name: str) -> str:
    """A file of the search index, in the folder of the search page."""
    return f"{SEARCH}{name}"


def task_json(of: int, number: TaskNumber) -> str:
    return f"{task(of, number)}index.json"


def links_from(page: str) -> Callable[[str], str]:
    """The function that turns an address of the site into a link from one page, relative to it.

    Whatever has a scheme is the address of another site and stays as it is.
    """
    own = page.split("/")[:-1]  # the folders to go up from

    def link(to: str) -> str:
        if ":" in to:
            return to
        path, mark, anchor = to.partition("#")
        there = path.split("/")
        shared = 0
        while shared < min(len(own), len(there) - 1) and own[shared] == there[shared]:
            shared += 1
        way = "../" * (len(own) - shared) + "/".join(there[shared:])
        return (way or "./") + mark + anchor

    return link


def links_for_programs(base_url: str | None, page: str) -> Callable[[str], str]:
    """The function that turns an address of the site into a link for a program that keeps a file.

    It may be read far from where it was found: links are absolute if the site knows where it is.
    """
    return (lambda to: f"{base_url}/{to}") if base_url else links_from(page)


# Lists that depend on the day, further parts of a list or a feed, and calendars of tasks: they
# disappear when they are empty.
_PASSING = re.compile(
    rf"[0-9]{{4}}/((tasks/({'|'.join((*get_args(StandingKey), *get_args(AttentionKey)))})"
    r"|updates/[0-9]+)/(index\.html)?"
    r"|([a-z0-9-]+/)+feed-[0-9]+\.xml|tasks/[0-9]{3}/deadlines\.ics)"
)


def comes_and_goes(address: str) -> bool:
    """Tell whether a page may disappear without having been withdrawn."""
    return bool(_PASSING.fullmatch(address))
