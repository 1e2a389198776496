"""ledger.yaml and its companions notice.lock and internal/persons: one year as a whole."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jiaozhang.faults.diagnostic import Diagnostic, fault
from jiaozhang.files.fields import (
    DAY,
    SLUG,
    Faults,
    Field,
    FieldKind,
    Shape,
    Values,
    choice,
    line_of_text,
    list_of,
    map_of,
    one_of_shape,
    read_fields,
    whole_number,
)
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import Document, Scalar
from jiaozhang.ledger.filed import FiledLedger, LockLine, Reviewing
from jiaozhang.ledger.public import (
    LeadFrom,
    Person,
    Reporting,
    Rhythm,
    Season,
    Section,
    SectionNumber,
    TaskNumber,
    Theme,
    Year,
)
from jiaozhang.ledger.record_kinds import REVIEWED, Need, ReviewKind
from jiaozhang.read.task_file import UNSETTLED_LIST

S_NUMBER = Field("number", whole_number(1, 99), "第几个主要任务")
S_TITLE = Field("title", line_of_text(200), "标题原文，不含“一、”")
SECTION = Shape("section", (S_NUMBER, S_TITLE))

SEASON_BEFORE = Field("before", DAY, "这个时段的截止日；没有依据就不写", required=False)
SEASON_SOURCE = Field("source", line_of_text(200), "截止日的依据", required=False)
SEASON = Shape("season", (SEASON_BEFORE, SEASON_SOURCE))


# 三审三校: the three review levels before anything that a unit reports becomes public.
DEFAULT_LEVELS = ("初审", "复审", "终审")
# Working days from the end of a period to its report, and from there to its review.
_WITHIN, _REVIEW_WITHIN = 5, 10


def _section(v: Values) -> Section:
    return Section(SectionNumber(v[S_NUMBER]), v[S_TITLE])


_LEAD_FROM: FieldKind[LeadFrom] = choice("columns", "words")
_REPORTING: FieldKind[Reporting] = choice("none", "monthly", "quarterly")

YEAR = Field("year", whole_number(1949, 2199), "年份；可以不写，以文件夹名为准", required=False)
TITLE = Field("title", line_of_text(200), "文件标题")
ISSUER = Field("issuer", line_of_text(100), "发文机关")
MEETING = Field(
    "meeting",
    line_of_text(100),
    "审议的会议；看过文件、确实没写的写 null，页面显示“未载明”；没看过就不写这一项，页面不提",
    required=False,
)
NUMBER = Field(
    "number",
    line_of_text(40),
    "发文字号；看过文件、确实没有的写 null，页面显示“未载明”；没看过就不写这一项，页面不提",
    required=False,
)
LEAD_RULE = Field(
    "lead_rule",
    line_of_text(200),
    "文件怎样注明谁牵头，照抄原文，不含“注：”；文件没有注明就不写",
    required=False,
)
LEAD_FROM = Field(
    "lead_from",
    _LEAD_FROM,
    "没有 lead_rule 时，牵头和配合从哪里分出：columns 文件分栏列出，words 责任单位一栏里写明；"
    "都不是就不写",
    required=False,
)
SOURCE = Field("source", line_of_text(300), "文件从哪里来")
PUBLISHED = Field("published", DAY, "本站首次公布这份文件的日子", required=False)
STATED_COUNT = Field(
    "stated_count", whole_number(1, 999), "文件自称有多少项；没有写明就不写", required=False
)
REPORTING = Field(
    "reporting",
    _REPORTING,
    "责任单位怎样报送：none 不报送，monthly 每月，quarterly 每季",
)
CLOSED = Field("closed", DAY, "台账收录到哪一天；还在进行就不写", required=False)
SECTIONS = Field("sections", list_of(one_of_shape(SECTION, _section)), "主要任务")
H_SLUG = Field("slug", SLUG, "网址里的名字，定了就不改")
H_NAME = Field("name", line_of_text(20), "专项的名称")
H_TASKS = Field("tasks", list_of(whole_number(1, 999)), "包括哪几项，写序号")
THEME = Shape("theme", (H_SLUG, H_NAME, H_TASKS))


def _theme(v: Values) -> Theme:
    return Theme(v[H_SLUG], v[H_NAME], tuple(TaskNumber(number) for number in v[H_TASKS]))


THEMES = Field(
    "themes", list_of(one_of_shape(THEME, _theme)), "跨主要任务的专项，由本站归类", required=False
)
LEVELS = Field(
    "review_levels",
    list_of(line_of_text(20)),
    "报送公开前的几级审核，默认 初审、复审、终审；保密审查另算",
    required=False,
)
WITHIN = Field(
    "report_within",
    whole_number(1, 60),
    f"每期结束后几个工作日内报送，默认 {_WITHIN}",
    required=False,
)
REVIEW_WITHIN = Field(
    "review_within",
    whole_number(1, 60),
    f"报送截止以后几个工作日内审核公开，默认 {_REVIEW_WITHIN}；"
    "到这一天还没有公开的，页面才说没有见到",
    required=False,
)
_NEED: FieldKind[Need] = choice("all", "secrecy", "none")
_NEEDS: Mapping[ReviewKind, Field[Need]] = {
    kind: Field(kind, _NEED, own.name, required=False) for kind, own in REVIEWED.items()
}
NEEDS = Shape("review", tuple(_NEEDS.values()))


def _needs(v: Values) -> Mapping[ReviewKind, Need]:
    return {kind: need for kind, field in _NEEDS.items() if (need := v.get(field)) is not None}


def needs_of(reporting: Reporting, given: Mapping[ReviewKind, Need]) -> Mapping[ReviewKind, Need]:
    """The reviews that each kind needs: as the ledger says, else by whether its units report."""

    needs = {kind: "none" if reporting == "none" else own.usual for kind, own in REVIEWED.items()}
    return {**needs, **given}


REVIEW = Field(
    "review",
    one_of_shape(NEEDS, _needs),
    "每一种公开前要不要审核：all 逐级加保密审查，secrecy 只要保密审查，none 不用。没有写的："
    "不收报送的台账都不用；收报送的，公开记载、节点的计划、序时计划只要保密审查，其余逐级",
    required=False,
)
HOLIDAYS = Field("holidays", list_of(DAY), "放假的日子（周末不用写）", required=False)
WORKDAYS = Field("workdays", list_of(DAY), "调休上班的周末", required=False)
SEASONS = Field(
    "seasons", map_of(one_of_shape(SEASON, lambda v: v)), "原文里没有日期的时段", required=False
)
LEDGER = Shape(
    "ledger",
    (
        YEAR,
        TITLE,
        ISSUER,
        MEETING,
        NUMBER,
        LEAD_RULE,
        LEAD_FROM,
        SOURCE,
        PUBLISHED,
        STATED_COUNT,
        REPORTING,
        CLOSED,
        SECTIONS,
        SEASONS,
        THEMES,
        LEVELS,
        REVIEW,
        WITHIN,
        REVIEW_WITHIN,
        HOLIDAYS,
        WORKDAYS,
        UNSETTLED_LIST,
    ),
)

P_ROLE = Field("role", line_of_text(20), "职责，如 牵头抓总、具体推动、联络")
P_NAME = Field("name", line_of_text(20), "姓名")
P_POST = Field("post", line_of_text(40), "职务", required=False)
P_PHONE = Field("phone", line_of_text(30), "办公电话", required=False)
PERSON = Shape("person", (P_ROLE, P_NAME, P_POST, P_PHONE))
UNIT = Field("unit", line_of_text(60), "单位")
PERSONS = Field("persons", list_of(one_of_shape(PERSON, lambda v: v)), "人员")
PERSONS_FILE = Shape("persons", (UNIT, PERSONS))


def read_ledger(document: Document, year: int, faults: Faults) -> FiledLedger | None:
    """Parse ledger.yaml; tasks, notice, lock and persons are added later."""
    v = read_fields(document.root, LEDGER, faults)
    if v is None:
        return None
    inside = v.get(YEAR)
    if inside not in (None, year) and YEAR.name not in v.doubtful:
        faults.at(document.place("year"), "number-mismatch", inside=inside, outside=year)
    return FiledLedger(
        year=Year(year),
        title=v[TITLE],
        issuer=v[ISSUER],
        meeting=v.get(MEETING),
        number=v.get(NUMBER),
        unstated=_unstated(document),
        lead_rule=v.get(LEAD_RULE),
        lead_from=v.get(LEAD_FROM),
        source=v[SOURCE],
        published=v.get(PUBLISHED),
        stated_count=v.get(STATED_COUNT),
        reporting=v[REPORTING],
        closed=v.get(CLOSED),
        sections=v[SECTIONS],
        seasons=tuple(
            Season(name, season.get(SEASON_BEFORE), season.get(SEASON_SOURCE))
            for name, season in v.get(SEASONS) or ()
        ),
        themes=v.get(THEMES) or (),
        rhythm=Rhythm(
            v.get(WITHIN) or _WITHIN,
            v.get(HOLIDAYS) or (),
            v.get(WORKDAYS) or (),
            v.get(REVIEW_WITHIN) or _REVIEW_WITHIN,
        ),
        reviewing=Reviewing(
            v.get(LEVELS) or DEFAULT_LEVELS, needs_of(v[REPORTING], v.get(REVIEW) or {})
        ),
        notice="",
        tasks=(),
        kept=(),
        lock=(),
        persons=(),
        unsettled=v.get(UNSETTLED_LIST) or (),
        key=document.source.key,
    )


def _unstated(document: Document) -> tuple[str, ...]:
    """The facts written as `null`: somebody looked and found none. An empty or missing key says
    nothing.
    """
    nodes = ((field.name, document.node(field.name)) for field in (NUMBER, MEETING))
    return tuple(
        name
        for name, node in nodes
        if isinstance(node, Scalar) and node.is_null and node.text in ("null", "~")
    )


def read_persons(document: Document, year: int, faults: Faults) -> tuple[Person, ...]:
    """Parse the contact persons of one unit; only the intranet shows them."""
    v = read_fields(document.root, PERSONS_FILE, faults)
    if v is None:
        return ()
    return tuple(
        Person(Year(year), v[UNIT], p[P_ROLE], p[P_NAME], p.get(P_POST), p.get(P_PHONE))
        for p in v[PERSONS]
    )


def read_lock(source: Source) -> tuple[tuple[LockLine, ...], tuple[Diagnostic, ...]]:
    """Parse notice.lock: each line has a task's number and the digest of its printed text."""
    lines: list[LockLine] = []
    faults: list[Diagnostic] = []
    for row, text in enumerate(source.text.split("\n"), 1):
        found = re.fullmatch(r"(\d{3}) ([0-9a-f]{64})", text)
        if found:
            lines.append(LockLine(TaskNumber(int(found[1])), found[2], row))
        elif text.strip() and not text.startswith("#"):
            faults.append(fault("lock-syntax", source.place(row, 1)))
    return tuple(lines), tuple(faults)
