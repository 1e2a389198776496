"""notes/023/2025-06-30-slug.md: a unit's report, or a record compiled from a named source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath

from jiaozhang.files.fields import (
    BOOLEAN,
    DAY,
    QUANTITY,
    WEB_ADDRESS,
    Faults,
    Field,
    FieldKind,
    Shape,
    Values,
    choice,
    line_of_text,
    list_of,
    names,
    one_of_shape,
    read_fields,
    symbol_of,
)
from jiaozhang.files.placeholders import blank_in
from jiaozhang.files.yaml_tree import Document
from jiaozhang.ledger.events import (
    Attachment,
    Citation,
    Figure,
    FigureRelease,
    Note,
    NoteOrigin,
    ReportedStatus,
)
from jiaozhang.ledger.filed import Kept, Trail
from jiaozhang.ledger.identity import TaskNumber
from jiaozhang.read.field_kinds import DAY_OR_MONTH, MOMENT, PERIOD
from jiaozhang.read.front_matter import body_line
from jiaozhang.read.review_trail import REVIEWS, SECRECY, trail_of

_ORIGIN: FieldKind[NoteOrigin] = choice("report", "public-record")
_RELEASE: FieldKind[FigureRelease] = choice("first", "revised")
_DECLARED: FieldKind[ReportedStatus] = symbol_of(
    {
        "未启动": "not-started",
        "正常推进": "on-track",
        "推进缓慢": "slow",
        "受阻": "blocked",
        "已完成": "done",
    }
)
_NAME = line_of_text(60)

O_TITLE = Field("title", line_of_text(120), "文章或文件的标题")
O_DESCRIBED = Field(
    "title_described", BOOLEAN, "标题是本站概括的，不是原题，写 true", required=False
)
O_PUBLISHER = Field("publisher", _NAME, "谁发布的")
O_PUBLISHED = Field("published", DAY, "发布日期；不知道就不写", required=False)
O_URL = Field("url", WEB_ADDRESS, "网址；没有见到原页面就不写", required=False)
O_REPOSTED = Field("reposted", BOOLEAN, "看到的是转载，写 true", required=False)
SOURCE_SHAPE = Shape("source", (O_TITLE, O_DESCRIBED, O_PUBLISHER, O_PUBLISHED, O_URL, O_REPOSTED))

F_NAME = Field("name", _NAME, "数的是什么")
F_VALUE = Field("value", QUANTITY, "数值")
F_UNIT = Field("unit", line_of_text(20), "单位")
F_PERIOD = Field("period", line_of_text(30), "说的是哪一段时间，如 2025年1—6月")
F_TARGET = Field(
    "target",
    line_of_text(8),
    "与哪个量化指标口径完全相同；口径不同的写 beside 和 differs",
    required=False,
)
F_BESIDE = Field(
    "beside",
    line_of_text(8),
    "放在哪个量化指标旁边，口径不同、不比较；和 differs 一起写，不和 target 一起写",
    required=False,
)
F_DIFFERS = Field(
    "differs", line_of_text(100), "口径怎么不同（写了 beside 必填），会公开", required=False
)
F_RELEASE = Field("release", _RELEASE, "first 首次公布，revised 修订数", required=False)
FIGURE = Shape(
    "figure",
    (F_NAME, F_VALUE, F_UNIT, F_PERIOD, F_TARGET, F_BESIDE, F_DIFFERS, F_RELEASE),
)


def _source(v: Values) -> Citation:
    return Citation(
        title=v[O_TITLE],
        title_described=v.get(O_DESCRIBED) == "true",
        publisher=v[O_PUBLISHER],
        published=v.get(O_PUBLISHED),
        url=v.get(O_URL),
        reposted=v.get(O_REPOSTED) == "true",
    )


def _figure(v: Values) -> Figure:
    return Figure(
        v[F_NAME],
        v[F_VALUE],
        v[F_UNIT],
        v[F_PERIOD],
        v.get(F_TARGET),
        v.get(F_RELEASE) or "first",
        v.get(F_BESIDE),
        v.get(F_DIFFERS),
    )


ORIGIN = Field("origin", _ORIGIN, "report 责任单位报送，public-record 公开记载")
UNIT = Field("unit", _NAME, "报送的单位（报送必填）", required=False)
PERIOD_FIELD = Field("period", PERIOD, "报送的是哪一期（报送必填）", required=False)
DATE = Field("date", DAY_OR_MONTH, "说的是哪一天的情况；只知道月份就写月份")
STATUS = Field(
    "status",
    _DECLARED,
    "单位自己的判断（报送必填）：未启动、正常推进、推进缓慢、受阻、已完成",
    required=False,
)
PUBLISHED = Field("published", MOMENT, "本站公开的时刻，不早于最后一级审核", required=False)
SOURCE_FIELD = Field(
    "source", one_of_shape(SOURCE_SHAPE, _source), "公开记载的出处（公开记载必填）", required=False
)
FIGURES = Field("figures", list_of(one_of_shape(FIGURE, _figure)), "数据", required=False)
NODES = Field("nodes", names(8), "这次完成的节点编号", required=False)
DISTRICT = Field("district", line_of_text(20), "记载说的是哪个区", required=False)
CAVEAT = Field("caveat", line_of_text(200), "口径、范围等需要读者知道的", required=False)
PROBLEMS = Field("problems", line_of_text(500), "存在的问题，只在内网版显示", required=False)
NEXT = Field("next", line_of_text(300), "下一步", required=False)
NOTE = Shape(
    "note",
    (
        ORIGIN,
        UNIT,
        PERIOD_FIELD,
        DATE,
        STATUS,
        PUBLISHED,
        SOURCE_FIELD,
        FIGURES,
        NODES,
        DISTRICT,
        CAVEAT,
        PROBLEMS,
        NEXT,
        REVIEWS,
        SECRECY,
    ),
)

# Fields that a note of each origin must have; it may not have those of the other.
_NEEDS = {"report": (UNIT, PERIOD_FIELD, STATUS), "public-record": (SOURCE_FIELD,)}
_ONLY_OTHER = {
    "report": (SOURCE_FIELD,),
    "public-record": (UNIT, PERIOD_FIELD, STATUS, PROBLEMS, NEXT),
}


def attachments_of(key: str, attachments: Mapping[str, bytes]) -> tuple[Attachment, ...]:
    """The attachments of a note: the files in the folder with its name, sorted by name."""
    folder = key.removesuffix(".md") + "/"
    own = (name for name in sorted(attachments) if name.startswith(folder))
    return tuple(Attachment(name.removeprefix(folder), attachments[name]) for name in own)


def read_note(
    document: Document,
    body: str,
    task: int,
    internal: bool,
    attachments: tuple[Attachment, ...],
    faults: Faults,
) -> Kept | None:
    """Parse one note of a task, with its attachments."""
    v = read_fields(document.root, NOTE, faults)
    if v is None:
        return None
    _report_blanks(document, body, faults)
    key = document.source.key
    origin = _origin_of(v)
    if ORIGIN.name not in v.doubtful or {UNIT.name, SOURCE_FIELD.name} & v.by_name.keys():
        _report_strangers(document, v, origin, faults)
    trail = trail_of(v, key, document.root, body, attachments)
    source = v.get(SOURCE_FIELD)
    note = Note(
        id=PurePosixPath(key).stem,
        task=TaskNumber(task),
        origin=origin,
        unit=v.get(UNIT),
        period=v.get(PERIOD_FIELD),
        on=v[DATE].on,
        on_text=v[DATE].text,
        known=_known(v, source, trail if origin == "report" else None),
        status=v.get(STATUS),
        published=v.get(PUBLISHED),
        source=source,
        figures=v.get(FIGURES) or (),
        nodes=v.get(NODES) or (),
        district=v.get(DISTRICT),
        caveat=v.get(CAVEAT),
        next_step=v.get(NEXT),
        body=body,
        attachments=attachments,
    )
    return Kept(note, internal, trail, v.get(PROBLEMS), key, ())


def _known(v: Values, source: Citation | None, trail: Trail | None) -> date:
    """A compiled record is known from its source's day, a report from its publication or last
    review.
    """
    published = v.get(PUBLISHED)
    if trail and published:
        return published.date()
    if trail and trail.reviews:
        return trail.reviews[-1].at
    return (source.published if source else None) or v[DATE].on


def _report_blanks(document: Document, body: str, faults: Faults) -> None:
    """Report every line of the text with an unfilled placeholder."""
    first = body_line(document) if body else 0
    for number, line in enumerate(body.split("\n"), first):
        blank = blank_in(line)
        if blank is not None:
            place = document.source.place(number, blank[0] + 1)
            faults.at(place, "not-filled-in", what=blank[1])


def _origin_of(v: Values) -> NoteOrigin:
    """The origin as written; if it is invalid, the one whose fields are present."""
    if ORIGIN.name not in v.doubtful:
        return v[ORIGIN]
    is_compiled = v.get(SOURCE_FIELD) is not None and v.get(UNIT) is None
    return "public-record" if is_compiled else "report"


def _report_strangers(document: Document, v: Values, origin: NoteOrigin, faults: Faults) -> None:
    """Report fields that a note of its origin lacks, or may not have."""
    for field in _NEEDS[origin]:
        if v.get(field) is None:
            place = document.place("origin")
            faults.at(place, "missing-field", field=field.name, meaning=field.meaning)
    for field in _ONLY_OTHER[origin]:
        if v.get(field) is not None:
            faults.at(document.place(field.name), "wrong-origin", field=field.name, origin=origin)
