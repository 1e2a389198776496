"""Masthead, navigation, footer and head of the pages of a year."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.notice_words import cut
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.error_report import contact_address, error_report
from jiaozhang.pages.core.page import Alternate, Frame, Head, Link, NavItem
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, pgettext
from jiaozhang.wording.joining import title_quoted

MOST_SAID = 120  # characters of what a page says that its description repeats


def current_year(derived: Derived) -> DerivedYear:
    """The year that the home page shows: the one configured, or the newest."""
    wanted = derived.record.site.current
    return next((y for y in derived.years if y.ledger.year == wanted), derived.years[0])


def frame_of(derived: Derived, year: DerivedYear) -> Frame:
    """Build the masthead, channels and footer of a year."""
    site, ledger = derived.record.site, year.ledger
    of = ledger.year
    unofficial = site.standing == "unofficial"
    return Frame(
        site=site.name,
        base_url=site.base_url or "",
        year=of,
        as_of=words.full_day(year.as_of),
        issuer=ledger.issuer,
        edition=gettext("Intranet edition") if derived.record.internal is not None else "",
        statement=gettext("Unofficial, based on {notice}", notice=title_quoted(ledger.title))
        if unofficial
        else "",
        archive=gettext("Ledger of {year}, archived", year=of)
        if of < current_year(derived).ledger.year
        else "",
        index=site.index,
        nav=(*_nav(derived, of), *_more_nav(year)),
        footer=tuple(_footer(derived, year)),
        bodies=_bodies(site),
        contacts=tuple(Link(c.label, contact_address(c)) for c in site.contacts),
        years=tuple(
            Link(words.year(y.ledger.year), addresses.year(y.ledger.year)) for y in derived.years
        ),
    )


def year_at(derived: Derived, address: str) -> DerivedYear:
    """The year of a page; the current one for pages of the whole site."""
    of = addresses.year_of(address)
    return next((y for y in derived.years if y.ledger.year == of), current_year(derived))


def head_of(
    derived: Derived,
    address: str,
    title: str,
    lede: str,
    channel: str,
    *trail: Link,
    alternates: tuple[Alternate, ...] = (),
    window: str = "",
) -> Head:
    """Build a page's head; `trail` is the breadcrumb between home page and this page.

    `window` is given where page and trail do not tell the page from all others.
    """
    names = (title, *(link.text for link in reversed(trail)))
    window = window or window_title(derived, address, *names)
    day = words.full_day(year_at(derived, address).as_of)
    return Head(
        title=title,
        lede=lede,
        window=window,
        description=description_of(derived, address, title, lede),
        crumbs=(Link(gettext("Home"), addresses.HOME), *trail, Link(title, address)),
        channel=channel,
        canonical=_canonical(derived, address),
        report=error_report(derived.record.site.contacts, window, where(derived, address), day),
        alternates=alternates,
        meta=meta_of(derived, *_column(title, lede, channel, trail)),
    )


def where(derived: Derived, address: str) -> str:
    """The address of a page as text: whole, or within the site where the site's is not known.

    Empty for the error page, which stands at every address.
    """
    if address == addresses.NOT_FOUND:
        return ""
    return f"{derived.record.site.base_url or ''}/{address}"


def _canonical(derived: Derived, address: str) -> str:
    return where(derived, address) if derived.record.site.base_url else ""


def window_title(derived: Derived, address: str, *names: str) -> str:
    """The title of a page's window: its name, those of the pages above it, and the site."""
    return pgettext("between the parts of a title", " - ").join(
        (*names, _site_at(derived, address))
    )


def description_of(derived: Derived, address: str, title: str, said: str) -> str:
    """What search engines and messengers show of a page: its name, the site, and what it says."""
    site = _site_at(derived, address)
    return gettext("{page} ({site}): {said}", page=title, site=site, said=cut(said, MOST_SAID))


def site_and_year(derived: Derived, of: int) -> str:
    """The site's name with a year: the title of that year's home page."""
    return gettext("{year} {site}", year=words.year(of), site=derived.record.site.name)


def _site_at(derived: Derived, address: str) -> str:
    """The site's name, with the year that a page belongs to, if any."""
    of = addresses.year_of(address)
    return derived.record.site.name if of is None else site_and_year(derived, of)


def _column(title: str, lede: str, channel: str, trail: tuple[Link, ...]) -> tuple[str, str, str]:
    """The column (website section) of a page; empty for the home page."""
    if channel == "home":
        return "", "", ""
    return (trail[0].text if trail else title), lede, gettext("Progress of priority tasks")


def _bodies(site: Site) -> tuple[tuple[str, Link], ...]:
    """Operator and registration of an official site; empty for an unofficial one."""
    own = site.official if site.standing == "official" else None
    if own is None:
        return ()
    number = "".join(char for char in own.police if char.isdigit())
    police = f"https://beian.mps.gov.cn/#/query/webSearch?code={number}"
    return (
        (gettext("Organiser"), Link(own.organiser, "")),
        (gettext("Operator"), Link(own.operator, "")),
        (gettext("Site identification code"), Link(own.site_code, "")),
        (gettext("ICP registration"), Link(own.icp, "https://beian.miit.gov.cn/")),
        (gettext("Public security registration"), Link(own.police, police)),
    )


def meta_of(derived: Derived, column: str, about: str, kind: str) -> tuple[tuple[str, str], ...]:
    """The meta tags of a column page (国办发〔2017〕47号): the site's own, then the column's.

    Unknown values are left out: an empty tag violates the rules, an invented one is worse.
    """
    site = derived.record.site
    domain = urlsplit(site.base_url or "").netloc
    code = site.official.site_code if site.official and site.standing == "official" else ""
    keywords = gettext("{column}, priority tasks, open progress", column=column) if column else ""
    tags = (
        ("SiteName", site.name),
        ("SiteDomain", domain),
        ("SiteIDCode", code),
        ("ColumnName", column),
        ("ColumnDescription", about),
        ("ColumnKeywords", keywords),
        ("ColumnType", kind),
    )
    return tuple((name, content) for name, content in tags if content)


def _nav(derived: Derived, of: int) -> tuple[NavItem, ...]:
    """The navigation; a city without districts has no entry for them."""
    districts = NavItem(Link(gettext("Districts"), addresses.districts(of)), "districts")
    return (
        NavItem(Link(gettext("Home"), addresses.HOME), "home"),
        NavItem(Link(gettext("All tasks"), addresses.tasks(of)), "tasks"),
        NavItem(Link(gettext("Sections"), addresses.sections(of)), "sections"),
        NavItem(Link(gettext("Responsible units"), addresses.units(of)), "units"),
        *((districts,) if derived.record.districts else ()),
        NavItem(Link(gettext("Deadlines"), addresses.deadlines(of)), "deadlines"),
        NavItem(Link(gettext("Progress"), addresses.updates(of)), "updates"),
        NavItem(Link(gettext("Notice"), addresses.notice(of)), "notice"),
    )


def _more_nav(year: DerivedYear) -> Iterator[NavItem]:
    """Channels that some ledgers lack, after those that all have."""
    of = year.ledger.year
    if any(one.finding.targets for one in year.tasks):
        yield NavItem(Link(gettext("Targets"), addresses.targets(of)), "targets", False)
    if year.ledger.themes:
        yield NavItem(Link(gettext("Themes"), addresses.themes(of)), "themes", False)
    if any(one.task.leaders for one in year.tasks):
        yield NavItem(
            Link(gettext("City leaders in charge"), addresses.leaders(of)), "leaders", False
        )
    if any(period.last < year.as_of for period in year.periods):
        yield NavItem(Link(gettext("Periods"), addresses.periods(of)), "periods", False)
    yield NavItem(Link(gettext("Wall chart"), addresses.chart(of)), "chart", False)


def _footer(derived: Derived, year: DerivedYear) -> Iterator[Link]:
    """Links to the pages outside the navigation, as far as the year has them."""
    of = year.ledger.year
    if any(one.task.leaders for one in year.tasks):
        yield Link(gettext("City leaders in charge"), addresses.leaders(of))
    if year.ledger.themes:
        yield Link(gettext("Themes"), addresses.themes(of))
    if any(period.last < year.as_of for period in year.periods):
        yield Link(gettext("Periods"), addresses.periods(of))
    yield from _inside(derived, year)
    yield Link(gettext("Wall chart"), addresses.chart(of))
    yield Link(gettext("Download the data"), addresses.data(of))
    yield Link(gettext("Corrections and withdrawals"), addresses.corrections(of))
    yield Link(gettext("How progress is judged"), addresses.ABOUT)
    yield Link(gettext("Accessibility statement"), addresses.ABOUT + "#accessibility")
    yield Link(pgettext("title", "Site map"), addresses.SITE_MAP)


def _inside(derived: Derived, year: DerivedYear) -> Iterator[Link]:
    """Links to the intranet's pages, if any."""
    of, internal = year.ledger.year, derived.record.internal
    if internal is None:
        return
    yield Link(gettext("Blockers"), addresses.blockers(of))
    yield Link(gettext("Inspections"), addresses.verifications(of))
    if year.ledger.reporting != "none":
        yield Link(gettext("Reports owed"), addresses.owed(of))
    if of in internal.reviewing:
        yield Link(gettext("Waiting for review"), addresses.reviews(of))
