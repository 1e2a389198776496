"""Pages that exist on the intranet alone: 堵点难点, 督查核实, 待审核, and who owes a report.

They hang on what the record keeps inside; where it keeps nothing, there are no such pages.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiaozhang.derive import Derived, DerivedYear
from jiaozhang.derive.known import known_blockers
from jiaozhang.ledger.public import Inspection, Internal
from jiaozhang.pages.core import addresses
from jiaozhang.pages.core.frame import frame_of, head_of
from jiaozhang.pages.core.marks import Mark
from jiaozhang.pages.core.page import FilePage, Frame, Head, HtmlPage, Link, Page
from jiaozhang.pages.core.seals import SEALS
from jiaozhang.pages.core.task_rows import task_link
from jiaozhang.pages.downloads.data_columns import csv_text
from jiaozhang.pages.downloads.json_file import Json, json_text
from jiaozhang.wording import words

OWED_COLUMNS = ("unit", "unit_id", "number", "title", "period", "due")


@dataclass(frozen=True, slots=True)
class InsideRow:
    """One line of an intranet list; `cells` follow the page's columns."""

    number: int
    task: Link
    mark: Mark
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InsidePage:
    frame: Frame
    head: Head
    lede: str
    columns: tuple[str, ...]
    rows: tuple[InsideRow, ...]
    downloads: tuple[Link, ...]


def inside_pages(derived: Derived) -> tuple[Page, ...]:
    internal = derived.record.internal
    if internal is None:
        return ()
    return tuple(
        page
        for year in derived.years
        for page in (
            _blockers(derived, year),
            _verifications(derived, year, internal),
            *_owed(derived, year),
            *_waiting(derived, year, internal),
        )
    )


def _blockers(derived: Derived, year: DerivedYear) -> HtmlPage:
    own = sorted(
        known_blockers(derived.record, year.ledger.year, year.as_of),
        key=lambda b: (b.state == "已解决", b.since, b.id),
    )
    links = {one.task.number: task_link(year, one) for one in year.tasks}
    tones = {
        "待答复": Mark("待答复", "octagon", "late"),
        "已答复": Mark("已答复", "wave", "watch"),
        "已解决": Mark("已解决", "tick", "done"),
    }
    rows = tuple(
        InsideRow(
            b.task,
            links[b.task],
            tones[b.state],
            (b.text, b.raised_by, b.needs, b.since.isoformat(), b.answer or ""),
        )
        for b in own
    )
    waiting = sum(b.state == "待答复" for b in own)
    lede = f"堵点难点{len(own)}个，待答复{waiting}个。等得最久的在前。"
    columns = ("堵在哪里", "谁提出", "需要谁", "从哪天起", "答复")
    return _page(
        derived, year, addresses.blockers(year.ledger.year), "堵点难点", lede, columns, rows
    )


def _verifications(derived: Derived, year: DerivedYear, internal: Internal) -> HtmlPage:
    own = sorted(
        # What comes after the day of the data is not known on it, here as on the task's page.
        (i for i in internal.inspections if i.year == year.ledger.year and i.on <= year.as_of),
        key=lambda i: (-i.on.toordinal(), i.id),
    )
    links = {one.task.number: task_link(year, one) for one in year.tasks}
    tones = {
        "一致": Mark("一致", "tick", "done"),
        "部分一致": Mark("部分一致", "squares", "watch"),
        "不一致": Mark("不一致", "squares", "late"),
    }
    rows = tuple(
        InsideRow(
            i.task,
            links[i.task],
            tones[i.result],
            (i.on.isoformat(), i.method, _found(i), i.by or "", "已公开" if i.of else "未公开"),
        )
        for i in own
    )
    wrong = sum(i.result != "一致" for i in own)
    lede = f"督查核实{len(own)}次，{wrong}次与报送不完全一致。"
    columns = ("日期", "方式", "核实到什么", "谁去的", "公开情况")
    address = addresses.verifications(year.ledger.year)
    return _page(derived, year, address, "督查核实", lede, columns, rows)


def _found(inspection: Inspection) -> str:
    numbers = "；".join(
        f"{d.name}报送{words.quantity(d.reported)}{d.unit}，"
        f"核实{words.quantity(d.found)}{d.unit}，差{words.quantity(d.found - d.reported)}{d.unit}"
        for d in inspection.differs
    )
    return f"{inspection.found}{numbers}"


def _owed(derived: Derived, year: DerivedYear) -> tuple[Page, ...]:
    """Who owes a report on the day: a page, and the same as CSV and JSON for a mailer."""
    if year.ledger.reporting == "none":
        return ()
    of = year.ledger.year
    address = addresses.owed(of)
    pairs = [(one, owed) for one in year.tasks for owed in one.standing.owed]
    pairs.sort(key=lambda pair: (pair[1].unit.id, pair[0].task.number, pair[1].period.name))
    rows = tuple(
        InsideRow(
            one.task.number,
            task_link(year, one),
            Mark("未报送", "dashed-circle", "mute"),
            (
                owed.unit.name,
                words.period(owed.period.name),
                owed.period.due.isoformat(),
            ),
        )
        for one, owed in pairs
    )
    units = len({owed.unit.id for _, owed in pairs})
    lede = f"{units}个单位欠报{len(pairs)}份。没有报送不等于没有启动。"
    links = (
        Link("CSV", addresses.owed(of, "owed.csv")),
        Link("JSON", addresses.owed(of, "owed.json")),
    )
    table = [
        (
            owed.unit.name,
            owed.unit.id,
            one.task.number,
            one.task.title,
            owed.period.name,
            owed.period.due,
        )
        for one, owed in pairs
    ]
    facts = (f"{of}/records",)
    objects: list[Json] = [
        dict(zip(OWED_COLUMNS, (str(cell) for cell in row), strict=True)) for row in table
    ]
    whole: Json = {"ledger": of, "as_of": year.as_of.isoformat(), "owed": objects}
    return (
        _page(derived, year, address, "欠报送", lede, ("单位", "哪一期", "应报日期"), rows, links),
        FilePage(addresses.owed(of, "owed.csv"), csv_text(OWED_COLUMNS, table), facts),
        FilePage(addresses.owed(of, "owed.json"), json_text(whole), facts),
    )


def _waiting(derived: Derived, year: DerivedYear, internal: Internal) -> tuple[Page, ...]:
    """What waits for its review, of every kind: which record, and which steps it still needs."""
    of = year.ledger.year
    if of not in internal.reviewing:
        return ()
    own = [seal for seal in internal.seals if seal.year == of and seal.state in ("pending", "void")]
    own.sort(key=lambda seal: (seal.state != "void", seal.task or 0))
    links = {one.task.number: task_link(year, one) for one in year.tasks}
    marks = {
        "pending": Mark(SEALS["pending"], "dashed-page", "mute"),
        "void": Mark(SEALS["void"], "octagon", "watch"),
    }
    rows = tuple(
        InsideRow(
            seal.task or 0,
            links[seal.task] if seal.task else Link("文件", addresses.notice(of)),
            marks[seal.state],
            (seal.name, seal.subject, "、".join(seal.left) or "重新审核"),
        )
        for seal in own
    )
    void = sum(seal.state == "void" for seal in own)
    lede = f"{len(own)}条还没有公开：{len(own) - void}条待审，{void}条待复审。"
    columns = ("哪一种", "哪一条", "还差")
    return (_page(derived, year, addresses.reviews(of), "待审核", lede, columns, rows),)


def _page(
    derived: Derived,
    year: DerivedYear,
    address: str,
    title: str,
    lede: str,
    columns: tuple[str, ...],
    rows: tuple[InsideRow, ...],
    downloads: tuple[Link, ...] = (),
) -> HtmlPage:
    this = InsidePage(
        frame_of(derived, year),
        head_of(derived, address, title, lede, "inside"),
        lede,
        columns,
        rows,
        downloads,
    )
    return HtmlPage(address, "inside.html", this, (f"{year.ledger.year}/internal",))
