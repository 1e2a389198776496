"""Pages about the site itself: method and accessibility, the notice, the site map, 404."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.standing import Rests, rules_for
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.markdown.prose import UNDER_NOTICE, to_html
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import current_year, frame_of, head_of
from jiaozhang.pages.core.marks import Mark, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link, Page
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import gettext, pgettext
from jiaozhang.wording.citations import stated, who_leads
from jiaozhang.wording.joining import join_list, quoted


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of the published rule table: the word, when it is said, and what it rests on."""

    mark: Mark
    rule: str
    rests: str


@dataclass(frozen=True, slots=True)
class About:
    frame: Frame
    head: Head
    as_of: str
    reporting: str
    counts: tuple[tuple[str, str], ...]
    unlisted: str
    levels: str
    review_within: int
    is_whole: bool
    who_leads: str
    rules: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """A row as the notice prints it."""

    number: int
    address: str
    text: str
    deadline: str
    leaders: str
    units: tuple[str, ...]
    joint: bool


@dataclass(frozen=True, slots=True)
class AnnexSection:
    id: str
    title: str
    rows: tuple[AnnexRow, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    frame: Frame
    head: Head
    facts: tuple[tuple[str, str], ...]
    prose: Markup
    sections: tuple[AnnexSection, ...]


@dataclass(frozen=True, slots=True)
class SiteMap:
    frame: Frame
    head: Head
    groups: tuple[tuple[str, tuple[Link, ...]], ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    frame: Frame
    head: Head


def about_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    year = current_year(derived)
    groups = [u.name for u in derived.record.units if u.kind == "group" and u.members is None]
    this = About(
        frame=frame_of(derived, year),
        head=head_of(
            derived,
            addresses.ABOUT,
            "判定办法",
            "这个网站怎样读文件，怎样计数，不做什么。",
            "about",
        ),
        as_of=words.full_day(year.as_of),
        reporting=year.ledger.reporting,
        counts=tuple((words.COUNTS[key], _EXAMPLES[key]) for key in words.COUNTS),
        unlisted=gettext(
            "The notice does not list which units {groups} includes. This site does not assume any "
            "and does not count them.",
            groups=join_list(quoted(name) for name in groups),
        )
        if groups
        else "",
        levels=year.ledger.levels,
        review_within=year.ledger.rhythm.review_within,
        is_whole=year.is_whole,
        who_leads=who_leads(year.ledger),
        rules=_rules(derived, year),
    )
    return (HtmlPage(addresses.ABOUT, "about.html", this, ("site", "units")),)


def notice_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(_notice(derived, year) for year in derived.years)


def not_found_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    year = current_year(derived)
    title, lede = gettext("There is no such page"), gettext("There is no such page.")
    head = head_of(derived, addresses.HOME, title, lede, "")
    this = NotFound(frame_of(derived, year), head)
    return (HtmlPage(addresses.NOT_FOUND, "404.html", this, ("site",)),)


def site_map_pages(derived: Derived, pages: tuple[Page, ...]) -> tuple[HtmlPage, ...]:
    """List every page of the site; it is planned last."""
    year = current_year(derived)
    lede = gettext("All pages of this site.")
    this = SiteMap(
        frame_of(derived, year),
        head_of(derived, addresses.SITE_MAP, pgettext("title", "Site map"), lede, "map"),
        _map_groups(derived, pages),
    )
    return (HtmlPage(addresses.SITE_MAP, "map.html", this, ("site",)),)


def _rules(derived: Derived, year: DerivedYear) -> tuple[RuleRow, ...]:
    """The rules in their order, with the thresholds that this site uses."""
    site = derived.record.site
    said = _RULES | {
        ("soon", "fact"): f"最近一条时限在{site.thresholds.soon_days}天以内。",
        ("behind", "fact"): f"数字低于计划{_percent(site.thresholds.behind_percent)}，"
        "或者到期的数字没有达到目标。",
        ("ahead", "fact"): f"数字高于计划{_percent(site.thresholds.ahead_percent)}。",
    }
    return tuple(
        RuleRow(mark_of(site, rule.key), said[rule.key, rule.rests], _RESTS[rule.rests])
        for rule in rules_for(year.ledger.reporting, year.is_whole)
    )


def _percent(points: int) -> str:
    return f"，差距超过目标的{points}%" if points else ""


_RESTS: Mapping[Rests, str] = {"fact": "事实", "absence": "没有见到"}
_RULES: dict[tuple[StandingKey, Rests], str] = {
    ("reopened", "fact"): "有条款销号以后又决定重新办理，还没有再次销号。",
    ("closed", "fact"): "全部条款都已销号。",
    ("disputed", "fact"): "最近一次督查核实与报送不一致。",
    ("unjudged", "fact"): "时限已到，有数字，原文写“左右”或“同步”，要由有权机关认定。",
    ("overdue", "fact"): "有条款过了到期日，当天或以后的数字、报送、认定或重新办理表明没有完成。",
    ("overdue", "absence"): "有条款过了到期日，没有销号。",
    ("behind", "absence"): "有节点过了计划日，没有完成的记载。",
    ("over", "fact"): "原文写的是上限或区间，最近的数字超出；时限还没有到，不是结论。",
    ("short", "fact"): "原文写的是水平或比率，最近的数字还没有到；时限还没有到，不是结论。",
    (
        "reached",
        "fact",
    ): "全部指标都有达到目标的数字，没有见到销号。水平、比率、上限要看整个期间的数字。",
    ("figure-reached", "fact"): "全部指标都有达到目标的公开数字。数字达到目标，不等于全项完成。",
    ("reported-done", "fact"): "单位报送“已完成”，没有见到销号。",
    ("unreported", "absence"): "有一期过了报送的日子，没有报送。",
    ("unseen-closure", "absence"): "有条款过了到期日，到审核期满没有见到经审核的销号。",
    ("unseen-node", "absence"): "有节点过了计划日，到审核期满没有见到经审核的完成记载。",
    ("unseen-report", "absence"): "有一期过了报送的日子，到审核期满没有见到经审核的报送。",
    ("on-plan", "fact"): "有数字的指标都不低于计划，到期的节点都已完成。",
    ("within", "fact"): "最近的数字没有超出上限、区间或低于要求的水平；时限还没有到，不是结论。",
    ("recorded", "fact"): "本站收录了具名来源的公开记载。有记载不等于已完成。",
    ("unrecorded", "absence"): "本站没有查到公开记载。没有记载不等于没有进展。",
    ("past-due", "fact"): "有条款过了到期日，报送和审核的期限还没有满。",
    ("pending", "fact"): "时限以另一件事为起点，那件事的日期还没有查到。",
    ("undated", "fact"): "原文没有写日期，也没有依据推定。",
    ("not-due", "fact"): "以上都不是，时限还没有到。",
}
_EXAMPLES = {
    "level": "地区生产总值增长5%左右",
    "added": "新增学位，以前就有的不算",
    "completed": "建成、新建、改造，开工不算",
    "started": "启动改造，不等于改造完",
    "advanced": "推进、培育，原文没有说做到哪一步算完",
    "maintained": "巩固已有的成果",
}


def _notice(derived: Derived, year: DerivedYear) -> HtmlPage:
    of, ledger = year.ledger.year, year.ledger
    address = addresses.notice(of)
    facts = (
        ("发文机关", ledger.issuer),
        ("发文字号", stated(ledger, "number")),
        ("审议会议", stated(ledger, "meeting")),
        ("本站公布", words.full_day(ledger.published) if ledger.published else ""),
        ("来源", ledger.source),
    )
    this = Notice(
        frame_of(derived, year),
        head_of(derived, address, ledger.title, "文件全文和各项任务，文字照录。", "notice"),
        tuple((name, value) for name, value in facts if value),
        to_html(ledger.notice, under=UNDER_NOTICE),
        _annex(derived, year),
    )
    return HtmlPage(address, "notice.html", this, (f"{of}/notice", f"{of}/tasks"))


def _annex(derived: Derived, year: DerivedYear) -> tuple[AnnexSection, ...]:
    of = year.ledger.year
    displays = {leader.name: leader.display for leader in derived.record.leaders}
    return tuple(
        AnnexSection(
            f"s{section.number}",
            f"{words.ordinal(section.number)}、{section.title}",
            tuple(
                AnnexRow(
                    number=one.task.number,
                    address=addresses.task(of, one.task.number),
                    text=one.task.text,
                    deadline=one.task.deadline,
                    leaders="、".join(displays[name] for name in one.task.leaders),
                    units=one.task.units,
                    joint=one.task.responsibility == "joint",
                )
                for one in year.tasks
                if one.section == section
            ),
        )
        for section in year.ledger.sections
    )


def _map_groups(
    derived: Derived, pages: tuple[Page, ...]
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    heads = {page.address: page.this.head.title for page in pages if isinstance(page, HtmlPage)}
    groups: list[tuple[str, tuple[Link, ...]]] = []
    site = (addresses.HOME, addresses.SEARCH, addresses.ABOUT)
    groups.append(("本站", tuple(Link(heads[a], a) for a in site)))
    for year in derived.years:
        of = year.ledger.year
        for name, prefix in (
            ("总览", ""),
            ("主要任务", "sections/"),
            ("重点工作", "tasks/"),
            ("责任单位", "units/"),
            ("各区", "districts/"),
            ("分管市领导", "leaders/"),
        ):
            links = tuple(
                Link(title, address)
                for address, title in heads.items()
                if _is_in(address, f"{of}/{prefix}")
            )
            groups.append((f"{of}年{name}", links))
    return tuple((name, links) for name, links in groups if links)


def _is_in(address: str, prefix: str) -> bool:
    """Tell whether an address stands directly in a folder, or in the year itself."""
    rest = address.removeprefix(prefix)
    return (
        rest != address
        and (rest == "" or rest.count("/") == 1)
        and not (
            prefix.count("/") == 1
            and rest in ("sections/", "tasks/", "units/", "districts/", "leaders/")
        )
    )
