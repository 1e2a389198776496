"""The verbs for editors: `new note`, `approve` and `history`."""

from __future__ import annotations

import dataclasses
import subprocess
from datetime import date
from pathlib import Path

from jiaozhang.build.pipeline import Inputs, examine
from jiaozhang.check.date_rules import last_day, span_of
from jiaozhang.cli.clock import today
from jiaozhang.cli.console import listed, print_error, print_lines, print_result, report_faults
from jiaozhang.cli.verb_options import ApproveOptions, HistoryOptions, NewNoteOptions
from jiaozhang.cli.working_folder import ledger_folder, load_ledger
from jiaozhang.editing.approval import ApprovalStep, NoSuchEntryError, approve
from jiaozhang.editing.migration import migrate
from jiaozhang.faults.diagnostic import Diagnostic
from jiaozhang.faults.messages import Language
from jiaozhang.files.output_folder import write_file
from jiaozhang.files.placeholders import blank
from jiaozhang.files.source import Source
from jiaozhang.ledger.filed import Filed, FiledLedger
from jiaozhang.ledger.record_kinds import RECORD_KINDS
from jiaozhang.processes.exit_codes import Exit
from jiaozhang.program import as_called
from jiaozhang.read.note_file import attachments_of


def approve_or_migrate(options: ApproveOptions) -> Exit:
    """Add a step to one record's review trail, or migrate all trails of the old format."""
    if options.migrate:
        root = ledger_folder(options.content)
        return _migrate(load_ledger(options), root, options.write, options.lang)
    if options.write or options.file is None or options.level is None or options.by is None:
        print_error(options.lang, "approve-how")
        return Exit.MISUSED
    step = ApprovalStep(options.level, options.by, options.at or today(), options.result)
    return _approve(options, options.file, step)


def _approve(options: ApproveOptions, file: Path, step: ApprovalStep) -> Exit:
    """Add a step to a record's review trail; refuse what the checker would refuse afterwards."""
    inputs, root = load_ledger(options), ledger_folder(options.content)
    language, entry = options.lang, options.entry
    key = _key_of(root, file)
    source = inputs.tree.sources.get(key)
    if source is None:
        print_error(language, "no-file", file=file)
        return Exit.MISUSED
    try:
        text = approve(source, entry, step, attachments_of(key, inputs.tree.attachments))
    except NoSuchEntryError:
        print_error(language, "no-entry", file=file, entry=entry or "")
        return Exit.MISUSED
    changed = _with_text(inputs, Source(source.path, key, text))
    before, after = examine(inputs)[1], examine(changed)[1]
    new = tuple(fault for fault in after if fault not in before or _is_of(fault, source))
    if report_faults(language, new):
        return Exit.FAULTY
    write_file(root / key, text.encode())
    print_result(language, "approved", path=source.path, level=step.level, by=step.by)
    return Exit.FINE


def _migrate(inputs: Inputs, root: Path, is_written: bool, language: Language) -> Exit:
    """Report what becomes of every trail of the old format, and rewrite those that can be."""
    found = migrate(inputs.tree)
    if report_faults(language, (*inputs.faults, *found.faults)):
        return Exit.FAULTY
    for path, ids in found.ids.items():
        print_result(language, "numbered", path=path, ids=listed(language, ids))
    for trail in found.trails:
        print_result(
            language, f"trail-{trail.verdict}", path=trail.path, line=trail.line, name=trail.name
        )
    again = sum(trail.verdict not in ("holds", "fits") for trail in found.trails)
    fits = sum(trail.verdict == "fits" for trail in found.trails)
    if is_written:
        for key, text in found.texts.items():
            write_file(root / key, text.encode())
    what = "migrated" if is_written else "to-migrate"
    print_result(language, what, fits=fits, again=again, files=len(found.texts))
    return Exit.FAULTY if again else Exit.FINE


def write_note(options: NewNoteOptions) -> Exit:
    """Write a note file to fill in, with comments."""
    filed, faults = examine(load_ledger(options))
    if filed is None:
        report_faults(options.lang, faults)
        return Exit.FAULTY
    root, asked = ledger_folder(options.content), (options.task, options.unit, options.year)
    made = new_note(filed, root, *asked, today())
    if isinstance(made, str):
        task, unit, year = asked
        print_error(options.lang, made, task=task, unit=unit, year=year)
        return Exit.MISUSED
    path, text = made
    if path.exists():
        print_error(options.lang, "note-exists", path=path)
        return Exit.MISUSED
    write_file(path, text.encode())
    print_result(options.lang, "wrote", path=path)
    return Exit.FINE


def new_note(
    filed: Filed, root: Path, task: int, unit: str | None, year: int | None, today: date
) -> tuple[Path, str] | str:
    """Compose the path and text of a note to fill in, or return what is wrong."""
    ledger = next((own for own in filed.ledgers if year in (None, own.year)), None)
    if ledger is None:
        return "no-such-year"
    chosen = next((own for own in ledger.tasks if own.public.number == task), None)
    if chosen is None:
        return "no-such-task"
    slug = "jizai"
    if unit:
        if ledger.reporting == "none":
            return "no-reports"
        own_unit = next((u for u in filed.units if unit in (u.name, *u.aliases)), None)
        if own_unit is None:
            return "no-such-unit"
        slug = own_unit.id
    period, end = _last_period(ledger, today)
    day = end if unit else min(max(today, date(ledger.year, 1, 1)), last_day(ledger))
    path = root / str(ledger.year) / "notes" / f"{task:03}" / f"{day.isoformat()}-{slug}.md"
    targets = "".join(
        f"#   {t.id}：{t.verb or ''}{t.measure}（{t.unit}）\n"
        for t in chosen.public.targets
        if t.unit
    )
    head = as_called(_REPORT if unit else _RECORD)
    text = head.format(
        number=task,
        title=chosen.public.title,
        unit=unit,
        period=period,
        date=day.isoformat(),
        targets=targets or "#   （这一项没有量化指标）\n",
        **{name: blank(what) for name, what in _BLANKS.items()},
    )
    return path, text


def print_history(options: HistoryOptions) -> Exit:
    """Print git's log of a task's files, newest first."""
    root = ledger_folder(options.content)
    years = sorted(path.name for path in root.glob("[0-9][0-9][0-9][0-9]"))
    year = str(options.year or (years[-1] if years else ""))
    told = _history(root, year, options.task)
    if told is None:
        print_error(options.lang, "no-git", folder=root)
        return Exit.MISUSED
    print_lines(told)
    return Exit.FINE


def _history(root: Path, year: str, task: int) -> str | None:
    """git's log, or None if git is not available."""
    number = f"{task:03}"
    paths = [
        f"{year}/tasks/{number}.yaml",
        *(f"{year}/{one.folder}/{number}.yaml" for one in RECORD_KINDS if one.layout == "list"),
        f":(glob){year}/**/{number}/**",
        f":(glob){year}/**/{number}-*",
    ]
    command = ["git", "-C", str(root), "log", "--date=short", "--name-status"]
    command += ["--format=%n%ad %h %an%n  %s", "--", *paths]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip("\n")


def _key_of(root: Path, file: Path) -> str:
    path = file if file.exists() or file.is_absolute() else root / file
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return str(file)


def _with_text(inputs: Inputs, source: Source) -> Inputs:
    sources = {**inputs.tree.sources, source.key: source}
    tree = dataclasses.replace(inputs.tree, sources=sources)
    return dataclasses.replace(inputs, tree=tree)


def _is_of(fault: Diagnostic, source: Source) -> bool:
    """Tell whether a fault is in the file to be approved: a faulty text cannot be approved.

    Warnings about unpublished text are shown at every step, not only at the last one.
    """
    return fault.place.path == source.path and (fault.level == "error" or fault.pending)


def _last_period(ledger: FiledLedger, today: date) -> tuple[str, date]:
    """The latest ended period of the ledger's year, and its last day; else the first period."""
    names = [f"{ledger.year}-{month:02}" for month in range(1, 13)]
    if ledger.reporting == "quarterly":
        names = [f"{ledger.year}-Q{quarter}" for quarter in range(1, 5)]
    ends = [(name, span_of(name)[1]) for name in names]
    over = [(name, end) for name, end in ends if end < today and end <= last_day(ledger)]
    return over[-1] if over else ends[0]


_BLANKS = {
    "status": "未启动、正常推进、推进缓慢、受阻、已完成，选一个",
    "name": "数的是什么",
    "value": "数",
    "measured_in": "单位",
    "span": "哪一段时间，如 1—6月",
    "source": "文章标题",
    "publisher": "谁发布的",
    "done": "用一两句话写清楚做了什么、做到哪一步",
    "told": "用自己的话概括，一两句",
}
_REPORT = """---
# 第{number}项 {title}
# 〔〕里的都要换成实际内容，否则 python3 build.py check 会指出在哪一行。带 # 的行是说明，可以删。
origin: report
unit: {unit}
period: {period}
date: {date}            # 说的是哪一天的情况，要在这一期里
status: {status}
# 有数据就写。口径和指标完全相同的写 target；口径不同的写 beside 和 differs（怎么不同），不比较：
{targets}# figures:
#   - {{name: {name}, value: {value}, unit: {measured_in}, period: {span}, target: t1}}
# nodes: [n1]               # 这次完成的节点
# problems: 存在的问题，只在内网版显示
# next: 下一步
---
{done}
"""
_RECORD = """---
# 第{number}项 {title}
# 公开记载：写明出处，不作结论。〔〕里的都要换成实际内容。带 # 的行是说明，可以删。
origin: public-record
date: {date}            # 说的是哪一天，和文件名一致；只知道月份就写到月
source:
  title: {source}
  publisher: {publisher}
  # published: {date}    # 发布日期；不知道就不写
  # url: https://
  # reposted: true            # 看到的是转载
# 有数据就写。口径和指标完全相同的写 target；口径不同的写 beside 和 differs（怎么不同），不比较：
{targets}# figures:
#   - {{name: {name}, value: {value}, unit: {measured_in}, period: {span}}}
# caveat: 口径、范围等需要读者知道的
---
{told}
"""
