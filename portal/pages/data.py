"""带走数据: the tables of a year as CSV and JSON, the page that explains them, and robots' files.

CSV begins with a byte order mark and ends its lines with CRLF, so that Excel and WPS read it. A
cell that a spreadsheet would run as a formula is written as text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from portal import words
from portal.derive import Derived, DerivedTask, DerivedYear
from portal.derive.duties import Duty
from portal.pages import addresses
from portal.pages.frame import frame_of, head_of
from portal.pages.page import FilePage, Frame, Head, HtmlPage, Link, Page
from portal.record import Clause, Target

SCHEMA = 1
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Download:
    link: Link
    rows: int
    about: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Data:
    frame: Frame
    head: Head
    lede: str
    downloads: tuple[Download, ...]
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def data_pages(derived: Derived) -> tuple[Page, ...]:
    return tuple(page for year in derived.years for page in _of_year(derived, year))


def robots_pages(derived: Derived, pages: tuple[Page, ...]) -> tuple[FilePage, ...]:
    """sitemap.xml and robots.txt; an unofficial site asks not to be indexed unless configured."""
    site = derived.record.site
    base = site.base_url or ""
    lines = ["User-agent: *", "Disallow:" if site.index else "Disallow: /"]
    if base:
        lines.append(f"Sitemap: {base}/sitemap.xml")
    found = [p.address for p in pages if isinstance(p, HtmlPage) and p.address != "404.html"]
    urls = "".join(f"  <url><loc>{escape(f'{base}/{a}')}</loc></url>\n" for a in sorted(found))
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{urls}</urlset>\n"
    )
    return (
        FilePage("sitemap.xml", xml, ("site",)),
        FilePage("robots.txt", "\n".join(lines) + "\n", ("site",)),
    )


def base_path(derived: Derived) -> str:
    """The path below which the site stands on its host, for the error page alone."""
    return urlsplit(derived.record.site.base_url or "").path.rstrip("/") + "/"


def _of_year(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    of = year.ledger.year
    folder = addresses.data(of)
    tables = {name: table(year) for name, table in _TABLES.items()}
    codes = {name: tuple(columns) for name, columns in _COLUMNS.items()}
    files = tuple(
        FilePage(f"{folder}{name}.csv", _csv(codes[name], rows), (f"{of}/tasks",))
        for name, rows in tables.items()
    )
    whole: Json = {
        "schema": SCHEMA,
        "ledger": of,
        "as_of": year.as_of.isoformat(),
        "tasks": [_task_json(derived, year, task) for task in year.tasks],
    }
    everything = FilePage(f"{folder}tasks.json", _json(whole), (f"{of}/tasks",))
    single = tuple(
        FilePage(
            f"{addresses.task(of, task.task.number)}index.json",
            _json(_task_json(derived, year, task)),
            (f"{of}/task/{task.task.number}",),
        )
        for task in year.tasks
    )
    counts = {name: len(rows) for name, rows in tables.items()}
    return (_page(derived, year, counts), *files, everything, *single)


def _page(derived: Derived, year: DerivedYear, counts: Mapping[str, int]) -> HtmlPage:
    of = year.ledger.year
    folder = addresses.data(of)
    lede = "全部数据可以下载、转载和再加工，请注明出处。"
    tables = tuple(
        Download(
            Link(f"{name}.csv", f"{folder}{name}.csv"),
            counts[name],
            _ABOUT[name],
            tuple(_COLUMNS[name].items()),
        )
        for name in _TABLES
    )
    whole = Download(Link("tasks.json", f"{folder}tasks.json"), len(year.tasks), _ABOUT["json"], ())
    this = Data(
        frame_of(derived, year),
        head_of(derived, folder, "数据", lede, "data"),
        lede,
        (*tables, whole),
        (
            ("kind 时限要求", tuple(words.KIND.items())),
            ("role 责任", tuple(words.ROLE.items())),
            ("comparison 比较", tuple(_COMPARISON.items())),
            ("counts 怎样算数", tuple(words.COUNTS.items())),
            ("timing 对照日历", tuple(words.TIMING.items())),
        ),
    )
    return HtmlPage(folder, "data.html", this, (f"{of}/tasks",))


_COMPARISON = {
    "about": "左右",
    "at-least": "以上",
    "at-most": "以下",
    "exactly": "正好",
    "follows": "与另一项同步",
    "external": "由上级下达",
}
_ABOUT = {
    "tasks": "每项一行；多个值用“；”隔开。",
    "clauses": "每条时限一行，包括写在正文里的。",
    "targets": "每个量化指标一行。",
    "responsibilities": "每个单位在每一项里的责任一行；经由合称的另注合称。",
    "json": "以上全部内容，一个文件。每项另有 tasks/序号/index.json。",
}
_COLUMNS: dict[str, dict[str, str]] = {
    "tasks": {
        "number": "序号",
        "section": "主要任务编号",
        "section_name": "主要任务",
        "title": "短标题，取自原文",
        "text": "原文",
        "deadline": "完成时限原文",
        "leaders": "分管市领导",
        "responsibility": "first-leads 第一位牵头，joint 按职责分工负责",
        "units": "责任单位，照录原文",
        "timing": "对照日历",
        "url": "本站地址",
    },
    "clauses": {
        "number": "序号",
        "clause": "条款编号",
        "kind": "要求",
        "scope": "范围，空为整项",
        "due": "到期日",
        "after": "从哪件事起算",
        "months": "几个月内",
        "season": "没有日期的时段",
        "origin": "deadline 时限栏，body 正文",
        "timing": "对照日历",
    },
    "targets": {
        "number": "序号",
        "target": "指标编号",
        "clause": "属于哪条时限",
        "verb": "动词",
        "measure": "数的是什么",
        "comparison": "比较",
        "value": "数值",
        "unit": "单位",
        "counts": "怎样算数",
        "follows": "与第几项同步",
    },
    "responsibilities": {
        "number": "序号",
        "unit": "单位",
        "unit_id": "单位的网址名",
        "as_printed": "文件里的叫法",
        "role": "责任",
        "via": "经由哪个合称",
    },
}

_Row = tuple[object, ...]


def _task_rows(year: DerivedYear) -> list[_Row]:
    of = year.ledger.year
    return [
        (
            one.task.number,
            one.section.number,
            one.section.title,
            one.task.title,
            one.task.text,
            one.task.deadline,
            "；".join(one.task.leaders),
            one.task.responsibility,
            "；".join(one.task.units),
            one.timing,
            addresses.task(of, one.task.number),
        )
        for one in year.tasks
    ]


def _clause_rows(year: DerivedYear) -> list[_Row]:
    return [
        (
            one.task.number,
            c.clause.id,
            c.clause.kind,
            c.clause.scope,
            c.due,
            c.clause.after,
            c.clause.months,
            c.clause.season,
            c.clause.origin,
            c.timing,
        )
        for one in year.tasks
        for c in one.clauses
    ]


def _target_rows(year: DerivedYear) -> list[_Row]:
    return [
        (
            one.task.number,
            t.id,
            t.clause,
            t.verb,
            t.measure,
            t.comparison,
            t.value,
            t.unit,
            t.counts,
            t.follows,
        )
        for one in year.tasks
        for t in one.task.targets
    ]


def _duty_rows(year: DerivedYear) -> list[_Row]:
    return [
        (one.task.number, d.unit.name, d.unit.id, d.printed, d.role, d.via.name if d.via else None)
        for one in year.tasks
        for d in one.duties
    ]


_TABLES = {
    "tasks": _task_rows,
    "clauses": _clause_rows,
    "targets": _target_rows,
    "responsibilities": _duty_rows,
}


def _csv(columns: Iterable[str], rows: Iterable[_Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    # A spreadsheet runs a cell that begins so; an apostrophe makes it text (OWASP, CSV injection).
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") and not _is_number(value) else text


def _is_number(value: object) -> bool:
    return isinstance(value, (int, Decimal))


def _task_json(derived: Derived, year: DerivedYear, one: DerivedTask) -> dict[str, Json]:
    of = year.ledger.year
    return {
        "number": one.task.number,
        "section": {"number": one.section.number, "name": one.section.title},
        "title": one.task.title,
        "text": one.task.text,
        "deadline": one.task.deadline,
        "clauses": [_clause_json(one, c.clause) for c in one.clauses],
        "targets": [_target_json(target) for target in one.task.targets],
        "leaders": list(one.task.leaders),
        "units": [_duty_json(duty) for duty in one.duties],
        "districts": [
            {
                "code": tie.district.code,
                "name": tie.district.name,
                "via": tie.duty.via.name.removesuffix("人民政府") if tie.duty.via else tie.way,
            }
            for tie in one.ties
        ],
        "remarks": list(one.task.remarks),
        "standing": {"timing": one.timing, "word": words.TIMING[one.timing]},
        "url": addresses.task(of, one.task.number),
    }


def _clause_json(one: DerivedTask, clause: Clause) -> Json:
    relative: Json = (
        {"event": clause.after, "months": clause.months} if clause.after is not None else None
    )
    quote = one.task.deadline if clause.origin == "deadline" else clause.scope
    return {
        "id": clause.id,
        "scope": clause.scope,
        "kind": clause.kind,
        "due": clause.due.isoformat() if clause.due else None,
        "relative_to": relative,
        "season": clause.season,
        "origin": clause.origin,
        "quote": quote,
    }


def _target_json(target: Target) -> Json:
    return {
        "id": target.id,
        "clause": target.clause,
        "measure": target.measure,
        "value": _number(target.value),
        "unit": target.unit,
        "comparison": target.comparison,
        "verb": target.verb,
        "counts": target.counts,
        "follows": target.follows,
    }


def _duty_json(duty: Duty) -> Json:
    return {
        "id": duty.unit.id,
        "name": duty.unit.name,
        "as_printed": duty.printed,
        "role": duty.role,
        "via": duty.via.name if duty.via else None,
    }


def _number(value: Decimal | None) -> Json:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
