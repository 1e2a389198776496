"""What is said of the notice and of the sources of records: their own words, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from jiaozhang.ledger.events import Note
from jiaozhang.ledger.public import LeadFrom, Ledger
from jiaozhang.wording import words


def who_leads(ledger: Ledger) -> str:
    """Where the notice says who leads, in its own words; empty where that is not known."""
    if ledger.lead_rule:
        end = "" if ledger.lead_rule.endswith(("。", "！", "；")) else "。"
        return f"文件注明：{ledger.lead_rule}{end}"
    return _LEAD_FROM[ledger.lead_from] if ledger.lead_from else ""


_LEAD_FROM: Mapping[LeadFrom, str] = {
    "columns": "文件分别列出牵头单位和配合单位。",
    "words": "文件在责任单位里写明谁牵头、谁配合。",
}


def stated(ledger: Ledger, fact: Literal["number", "meeting"]) -> str:
    """A fact of the notice; 未载明 where somebody looked for it, empty where nobody did."""
    value = ledger.number if fact == "number" else ledger.meeting
    return value or ("未载明" if fact in ledger.unstated else "")


def source_of(note: Note) -> str:
    """出处 of a public record, in one line."""
    source = note.source
    if source is None:
        return ""
    title = source.title if source.title_described else f"《{source.title.strip('《》')}》"
    described = "（标题为本站概括）" if source.title_described else ""
    published = f"，{words.full_day(source.published)}" if source.published else ""
    reposted = "，据转载" if source.reposted else ""
    return f"{source.publisher}，{title}{described}{published}{reposted}"
