"""The frame around the pages of a year, and their heads."""

from __future__ import annotations

from urllib.parse import urlsplit

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.ledger.settings import Site
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.page import Frame, Head, Link, NavItem


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
        year=of,
        issuer=ledger.issuer,
        edition="内网版" if derived.record.internal is not None else "",
        statement=f"非官方整理，依据《{ledger.title}》" if unofficial else "",
        archive=f"{of}年台账，已归档" if of < current_year(derived).ledger.year else "",
        index=site.index,
        nav=_nav(derived, of),
        footer=(
            *((Link("分管市领导", addresses.leaders(of)),) if _has_leaders(year) else ()),
            *((Link("专项", addresses.themes(of)),) if ledger.themes else ()),
            *((Link("各期", addresses.periods(of)),) if _has_periods(year) else ()),
            *_inside(derived, year),
            Link("挂图", addresses.chart(of)),
            Link("数据下载", addresses.data(of)),
            Link("更正和撤回", addresses.corrections(of)),
            Link("判定办法", addresses.ABOUT),
            Link("无障碍声明", addresses.ABOUT + "#accessibility"),
            Link("网站地图", addresses.SITE_MAP),
        ),
        bodies=_bodies(site),
        contacts=tuple(Link(c.label, c.address) for c in site.contacts),
        years=tuple(
            Link(f"{y.ledger.year}年", addresses.year(y.ledger.year)) for y in derived.years
        ),
    )


def head_of(
    derived: Derived,
    address: str,
    title: str,
    description: str,
    channel: str,
    *trail: Link,
    feed: str = "",
) -> Head:
    """Build a page's head; the trail leads from below the home page to above this page."""
    base = derived.record.site.base_url
    return Head(
        title=title,
        description=description,
        crumbs=(Link("首页", addresses.HOME), *trail, Link(title, address)),
        channel=channel,
        canonical=f"{base}/{address}" if base else "",
        feed=feed,
        meta=meta_of(derived, *_column(title, description, channel, trail)),
    )


def _column(
    title: str, description: str, channel: str, trail: tuple[Link, ...]
) -> tuple[str, str, str]:
    """The column that a page is or stands in; the home page is none."""
    if channel == "home":
        return "", "", ""
    return (trail[0].text if trail else title), description, "重点工作进展"


def _bodies(site: Site) -> tuple[tuple[str, Link], ...]:
    """Who runs an official site, and how it is registered; an unofficial one says nothing."""
    own = site.official if site.standing == "official" else None
    if own is None:
        return ()
    number = "".join(char for char in own.police if char.isdigit())
    police = f"https://beian.mps.gov.cn/#/query/webSearch?code={number}"
    return (
        ("主办单位", Link(own.organiser, "")),
        ("承办单位", Link(own.operator, "")),
        ("网站标识码", Link(own.site_code, "")),
        ("备案", Link(own.icp, "https://beian.miit.gov.cn/")),
        ("公安备案", Link(own.police, police)),
    )


def meta_of(derived: Derived, column: str, about: str, kind: str) -> tuple[tuple[str, str], ...]:
    """The tags of a column page (国办发〔2017〕47号): the site's own, then the column's.

    What is not known is left out: an empty tag is a fault, and an invented one worse.
    """
    site = derived.record.site
    domain = urlsplit(site.base_url or "").netloc
    code = site.official.site_code if site.official and site.standing == "official" else ""
    tags = (
        ("SiteName", site.name),
        ("SiteDomain", domain),
        ("SiteIDCode", code),
        ("ColumnName", column),
        ("ColumnDescription", about),
        ("ColumnKeywords", f"{column}，重点工作，进展公开" if column else ""),
        ("ColumnType", kind),
    )
    return tuple((name, content) for name, content in tags if content)


def _nav(derived: Derived, of: int) -> tuple[NavItem, ...]:
    """The channels; a city without districts has no channel for them."""
    districts = NavItem(Link("各区", addresses.districts(of)), "districts")
    return (
        NavItem(Link("首页", addresses.HOME), "home"),
        NavItem(Link("全部任务", addresses.tasks(of)), "tasks"),
        NavItem(Link("主要任务", addresses.sections(of)), "sections"),
        NavItem(Link("责任单位", addresses.units(of)), "units"),
        *((districts,) if derived.record.districts else ()),
        NavItem(Link("时限", addresses.deadlines(of)), "deadlines"),
        NavItem(Link("进展", addresses.updates(of)), "updates"),
        NavItem(Link("文件", addresses.notice(of)), "notice"),
    )


def _has_leaders(year: DerivedYear) -> bool:
    return any(task.task.leaders for task in year.tasks)


def _has_periods(year: DerivedYear) -> bool:
    return any(period.last < year.as_of for period in year.periods)


def _inside(derived: Derived, year: DerivedYear) -> tuple[Link, ...]:
    """The pages of the intranet, where there are any."""
    if derived.record.internal is None:
        return ()
    of = year.ledger.year
    internal = derived.record.internal
    waiting = (Link("待审核", addresses.reviews(of)),) if of in internal.reviewing else ()
    owed = (Link("欠报送", addresses.owed(of)),) if year.ledger.reporting != "none" else ()
    return (
        Link("堵点难点", addresses.blockers(of)),
        Link("督查核实", addresses.verifications(of)),
        *owed,
        *waiting,
    )
