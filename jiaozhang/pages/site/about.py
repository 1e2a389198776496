"""Pages about the site itself: method and accessibility, the notice, the site map, 404."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.standing import Rests, rules_for
from jiaozhang.derive.standing_groups import GROUP_OF
from jiaozhang.ledger.public import Counts
from jiaozhang.ledger.settings import StandingKey
from jiaozhang.markdown.prose import UNDER_NOTICE, to_html
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import current_year, frame_of, head_of
from jiaozhang.pages.core.marks import GROUP, Mark, mark_of
from jiaozhang.pages.core.page import Frame, Head, HtmlPage, Link, MapGroup, Page
from jiaozhang.pages.site.finding_rules import FindingRules, finding_rules
from jiaozhang.wording import words
from jiaozhang.wording.catalogue import Labels, gettext, mark, ngettext, pgettext
from jiaozhang.wording.citations import stated, who_leads
from jiaozhang.wording.joining import join_list, quoted


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of the published rule table: the word, when it is said, what it rests on, and the group
    that bars count it in, where groups are named.
    """

    mark: Mark
    rule: str
    rests: str
    group: str


@dataclass(frozen=True, slots=True)
class About:
    frame: Frame
    head: Head
    reporting: str
    counts: tuple[tuple[str, str], ...]
    unlisted: str
    levels: str
    review_within: int
    is_whole: bool
    who_leads: str
    rules: tuple[RuleRow, ...]
    finding: FindingRules


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
class NoticePage:
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
            gettext("How progress is judged"),
            gettext("How this site reads the notice, how it counts, and what it does not do."),
            "about",
        ),
        reporting=year.ledger.reporting,
        counts=tuple((words.COUNTS[key], _EXAMPLES[key]) for key in words.COUNTS),
        unlisted=gettext(
            "The notice does not list which units {groups} includes. This site does not assume any "
            "and does not count them.",
            groups=join_list(quoted(name) for name in groups),
        )
        if groups
        else "",
        levels=words.review_steps(year.ledger.report_review),
        review_within=year.ledger.rhythm.review_within,
        is_whole=year.is_whole,
        who_leads=who_leads(year.ledger),
        rules=_rules(derived, year),
        finding=finding_rules(),
    )
    return (HtmlPage(addresses.ABOUT, "about.html", this, ("site", "units")),)


def notice_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    return tuple(_notice(derived, year) for year in derived.years)


def not_found_pages(derived: Derived) -> tuple[HtmlPage, ...]:
    year = current_year(derived)
    title, lede = gettext("There is no such page"), gettext("There is no such page.")
    head = head_of(derived, addresses.NOT_FOUND, title, lede, "")
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
    said = {key: gettext(message) for key, message in _RULES.items()}
    said["soon", "fact"] = ngettext(
        "The nearest deadline is at most {n} day away.",
        "The nearest deadline is at most {n} days away.",
        site.thresholds.soon_days,
    )
    said["behind", "fact"] = _behind(site.thresholds.behind_percent)
    said["ahead", "fact"] = _ahead(site.thresholds.ahead_percent)
    reporting = year.ledger.reporting
    return tuple(
        RuleRow(
            mark_of(site, rule.key),
            said[rule.key, rule.rests],
            _RESTS[rule.rests],
            GROUP[GROUP_OF[rule.key]] if reporting != "none" else "",
        )
        for rule in rules_for(reporting, year.is_whole)
    )


def _behind(points: int) -> str:
    if not points:
        return gettext(
            "A figure is below its plan, or a figure whose term has ended is short of its target."
        )
    return gettext(
        "A figure is below its plan by more than {percent}% of the target, or a figure whose term "
        "has ended is short of its target.",
        percent=points,
    )


def _ahead(points: int) -> str:
    if not points:
        return gettext("The figures are above their plan.")
    return gettext(
        "The figures are above their plan by more than {percent}% of the target.", percent=points
    )


_RESTS: Mapping[Rests, str] = Labels({"fact": mark("A fact"), "absence": mark("Not seen")})
_RULES: Mapping[tuple[StandingKey, Rests], str] = {
    ("reopened", "fact"): mark(
        "A clause was closed, then reopened, and has not been closed again."
    ),
    ("closed", "fact"): mark("All clauses are closed."),
    ("disputed", "fact"): mark("The latest inspection disagrees with the report."),
    ("unjudged", "fact"): mark(
        "The term has ended and there are figures; the text says “about” or “in step with”, which "
        "the competent authority has to judge."
    ),
    ("overdue", "fact"): mark(
        "A clause is past its due date, and a figure, report, declaration or reopening of that day "
        "or later shows that it was not done."
    ),
    ("overdue", "absence"): mark("A clause is past its due date and not closed."),
    ("behind", "absence"): mark(
        "A milestone is past its planned day, with no record that it was reached."
    ),
    ("over", "fact"): mark(
        "The text sets an upper limit or a range, and the latest figure is outside it. The term "
        "has not ended, so this is no conclusion."
    ),
    ("short", "fact"): mark(
        "The text sets a level or a rate, and the latest figure is short of it. The term has not "
        "ended, so this is no conclusion."
    ),
    ("reached", "fact"): mark(
        "Every target has a figure that reaches it, and no closure was seen. Levels, rates and "
        "upper limits need the figure of the whole term."
    ),
    ("figure-reached", "fact"): mark(
        "Every target has a published figure that reaches it. That figures reach their targets "
        "does not mean that the whole task is done."
    ),
    ("reported-done", "fact"): mark("The unit reports “done”, and no closure was seen."),
    ("unreported", "absence"): mark("A report of a period is past its due date and is not there."),
    ("unseen-closure", "absence"): mark(
        "A clause is past its due date, and no reviewed closure was seen by the end of the review."
    ),
    ("unseen-node", "absence"): mark(
        "A milestone is past its planned day, and no reviewed record that it was reached was seen "
        "by the end of the review."
    ),
    ("unseen-report", "absence"): mark(
        "A report of a period is past its due date, and no reviewed report was seen by the end of "
        "the review."
    ),
    ("on-plan", "fact"): mark(
        "No target with figures is below its plan, and every milestone that is due was reached."
    ),
    ("within", "fact"): mark(
        "The latest figure is not outside the upper limit or range and not below the level that "
        "is required. The term has not ended, so this is no conclusion."
    ),
    ("recorded", "fact"): mark(
        "This site holds public records from named sources. A record does not mean that the task "
        "is done."
    ),
    ("unrecorded", "absence"): mark(
        "This site found no public record. That nothing is on record does not mean that nothing "
        "was done."
    ),
    ("past-due", "fact"): mark(
        "A clause is past its due date, and the time for reports and reviews has not ended."
    ),
    ("pending", "fact"): mark(
        "The term starts from another event, and the day of that event was not found."
    ),
    ("undated", "fact"): mark(
        "The text gives no date, and there is no evidence from which to assume one."
    ),
    ("not-due", "fact"): mark("None of the above, and the term has not ended."),
}
_EXAMPLES: Mapping[Counts, str] = Labels(
    {
        "level": mark("“regional GDP grows by about 5%”"),
        "added": mark("“new school places”: places that were there before do not count"),
        "completed": mark("“completed”, “built”, “renovated”: having started does not count"),
        "started": mark("“renovation started”, which is not “renovation finished”"),
        "advanced": mark("“advance”, “foster”: the text does not say what would be the end"),
        "maintained": mark("“consolidate” what has been achieved"),
    }
)


def _notice(derived: Derived, year: DerivedYear) -> HtmlPage:
    of, ledger = year.ledger.year, year.ledger
    address = addresses.notice(of)
    facts = (
        (gettext("Issued by"), ledger.issuer),
        (gettext("Document number"), stated(ledger, "number")),
        (gettext("Considered at"), stated(ledger, "meeting")),
        (
            gettext("Published by this site"),
            words.full_day(ledger.published) if ledger.published else "",
        ),
        (gettext("Source"), ledger.source),
    )
    this = NoticePage(
        frame_of(derived, year),
        head_of(
            derived,
            address,
            ledger.title,
            gettext("The full text of the notice and every task, copied word for word."),
            "notice",
        ),
        tuple((name, value) for name, value in facts if value),
        to_html(ledger.notice, under=UNDER_NOTICE, back=gettext("Back to the text")),
        _annex(derived, year),
    )
    return HtmlPage(address, "notice.html", this, (f"{of}/notice", f"{of}/tasks"))


def _annex(derived: Derived, year: DerivedYear) -> tuple[AnnexSection, ...]:
    of = year.ledger.year
    displays = {leader.name: leader.display for leader in derived.record.leaders}
    return tuple(
        AnnexSection(
            f"s{section.number}",
            words.chapter(section.number, section.title),
            tuple(
                AnnexRow(
                    number=one.task.number,
                    address=addresses.task(of, one.task.number),
                    text=one.task.text,
                    deadline=one.task.deadline,
                    leaders=join_list(displays[name] for name in one.task.leaders),
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
    """Every page that stands on the map, under the heading that its row of the plan names."""
    found: dict[tuple[int | None, MapGroup | None], list[Link]] = {}
    for page in pages:
        if isinstance(page, HtmlPage) and page.group:
            of = addresses.year_of(page.address)
            key = (of, page.group if of else None)
            found.setdefault(key, []).append(Link(page.this.head.title, page.address))
    groups = [(gettext("This site"), found.get((None, None), []))]
    for year in derived.years:
        of = year.ledger.year
        for group, name in _MAP_GROUPS.items():
            heading = gettext("{year}: {name}", year=words.year(of), name=name)
            groups.append((heading, found.get((of, group), [])))
    return tuple((name, tuple(links)) for name, links in groups if links)


_MAP_GROUPS: Mapping[MapGroup, str] = Labels(
    {
        "overview": mark("Overview"),
        "sections": mark("Sections"),
        "tasks": mark("Priority tasks"),
        "units": mark("Responsible units"),
        "districts": mark("Districts"),
        "leaders": mark("City leaders in charge"),
    }
)
