"""Compare two years: new units and leaders, those no longer named, possible renamings."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jiaozhang.files.fields import Faults
from jiaozhang.files.source import Source
from jiaozhang.files.yaml_tree import parse_yaml
from jiaozhang.notice.propose import ProposedLedger
from jiaozhang.read.task_file import read_task


def notes_on(ledger: ProposedLedger, existing: Mapping[str, Source]) -> tuple[str, ...]:
    """Compare the names of a ledger with those of the latest earlier year."""
    years = {int(key[:4]) for key in existing if re.match(r"\d{4}/tasks/", key)}
    before = max((year for year in years if year < ledger.year), default=None)
    if before is None:
        return ()
    units, leaders = _names_of(before, existing)
    now_units = {name for task in ledger.tasks for name in task.units}
    now_leaders = {name for task in ledger.tasks for name in task.leaders}
    compared = (
        ("新出现的市领导", now_leaders - leaders),
        (f"{before}年有、这一年没有的市领导", leaders - now_leaders),
        ("新出现的单位（改了名的，写进原单位的 aliases）", now_units - units),
        (f"{before}年有、这一年没有的单位", units - now_units),
    )
    return tuple(f"{said}：{'、'.join(sorted(names))}" for said, names in compared if names)


def _names_of(year: int, existing: Mapping[str, Source]) -> tuple[set[str], set[str]]:
    units: set[str] = set()
    leaders: set[str] = set()
    for key, source in existing.items():
        found = re.fullmatch(rf"{year}/tasks/(\d{{3}})\.yaml", key)
        document = parse_yaml(source)[0] if found else None
        task = read_task(document, int(found[1]), Faults(document)) if found and document else None
        if task:
            units.update(task.public.units)
            leaders.update(task.public.leaders)
    return units, leaders
